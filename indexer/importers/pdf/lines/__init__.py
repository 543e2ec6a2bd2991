"""Lay out the words of a page as lines in reading order."""
