"""Helpers of several importers: text clean-up, encodings, archives, numerals, titles."""
