"""Importer for records in JSON, JSON Lines and delimited text."""
