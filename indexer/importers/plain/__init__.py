"""Plain text -> lines, pages and paragraphs, by how it is laid out."""
