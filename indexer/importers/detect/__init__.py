"""Detect file formats from file content."""
