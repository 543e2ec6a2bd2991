"""Import PDF files: read each page as lines in reading order, and group the lines into blocks."""
