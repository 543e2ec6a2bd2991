"""Import documents and build the index from corpus files; `kb` searches and serves it."""
