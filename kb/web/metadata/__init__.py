"""Metadata in the head of a page, for citation managers, search engines and messengers."""
