"""Charts of the corpus: rows of bars, drawn once at the build."""
