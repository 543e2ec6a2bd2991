"""Precedent: what movements demanded, from whom, on what evidence, and with what outcome."""

__version__ = "0.1.0"
