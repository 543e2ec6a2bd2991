"""Importer for PDF: reads pages as lines in reading order, and groups lines into blocks."""
