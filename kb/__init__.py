"""Precedent: what movements asked for, of whom, with which evidence, and what came of it."""

__version__ = "0.1.0"
