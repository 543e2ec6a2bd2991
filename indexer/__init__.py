"""Corpus files in, a verified index generation out; nothing here serves anyone."""
