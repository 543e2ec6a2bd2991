"""Read records from JSON, JSON Lines and delimited text."""
