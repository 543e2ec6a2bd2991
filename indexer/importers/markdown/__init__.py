"""Read Markdown with front matter, footnotes and HTML."""
