"""Captions -> what is said, when and by whom."""
