"""Shelves on disk, read-only."""
