"""Importer for office documents and e-books (DOCX, ODT, RTF and EPUB)."""
