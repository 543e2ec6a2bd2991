"""Read the lines, pages and paragraphs of plain text by its layout."""
