"""What several importers need: text clean-up, encodings, archives, numerals, titles."""
