"""Lines of all pages -> blocks: headings, paragraphs, items, notes."""
