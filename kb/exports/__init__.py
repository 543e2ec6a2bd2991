"""Export records as references, tables, web pages and text."""
