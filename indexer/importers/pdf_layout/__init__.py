"""A page of a PDF -> its lines in reading order; the lines of all pages -> blocks. One step a file."""
