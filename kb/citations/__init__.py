"""References to sources, ready to paste."""
