"""Export records as references, tables and texts."""
