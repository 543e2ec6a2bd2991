"""Words of a page -> lines in reading order."""
