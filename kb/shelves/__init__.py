"""Shelves of imported documents: their layout, originals, and commands that change them."""
