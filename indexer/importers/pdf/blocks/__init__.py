"""Group the lines of all pages into blocks: headings, paragraphs, items, notes."""
