"""Metadata in the head of pages, for citation managers, search engines and messaging apps."""
