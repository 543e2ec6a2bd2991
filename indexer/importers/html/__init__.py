"""Importer for web pages (HTML, XHTML and MHTML)."""
