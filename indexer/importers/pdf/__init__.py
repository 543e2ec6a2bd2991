"""Pages of a PDF -> their lines in reading order -> the blocks of all pages. One step a file."""
