"""Helpers shared by several importers, such as text cleanup, decoding and zip archives."""
