"""The nouns: one frozen class each, the same class from the parser to the API."""
