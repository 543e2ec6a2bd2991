"""The corpus format: reading, checking and writing files of the corpus."""
