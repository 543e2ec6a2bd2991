"""Text analysis shared by the index, queries and highlights."""
