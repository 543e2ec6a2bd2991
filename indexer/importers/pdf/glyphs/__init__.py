"""Read the words of PDF pages with their positions and styles."""
