"""Export of records as references, tables and texts."""
