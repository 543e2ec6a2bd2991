"""Pages of a PDF -> words with their position and style."""
