"""Evaluation of rankings on judged queries."""
