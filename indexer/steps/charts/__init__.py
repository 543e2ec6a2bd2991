"""Bar charts of the corpus, drawn once during a build."""
