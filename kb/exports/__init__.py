"""Records as files to take along: references, a table, texts."""
