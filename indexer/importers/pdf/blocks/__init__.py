"""Group the lines of all pages into blocks, such as headings, paragraphs and footnotes."""
