"""Group the lines of all pages into blocks: headings, paragraphs, list items and notes."""
