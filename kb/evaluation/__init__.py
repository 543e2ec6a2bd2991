"""Evaluate rankings on judged queries."""
