"""Read, check and write corpus files."""
