"""Evaluate rankings of passages on judged queries (topics and qrels)."""
