"""Files of rows -> records: JSON, a JSON object a line, and delimited text."""
