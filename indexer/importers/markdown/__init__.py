"""Importer for Markdown with front matter, footnotes and HTML."""
