"""Importer for plain text, which infers structure from layout."""
