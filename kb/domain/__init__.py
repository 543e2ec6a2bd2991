"""Domain models: frozen classes shared by parsers, the index, the search and the API."""
