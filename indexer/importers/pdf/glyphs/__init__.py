"""Read the words on PDF pages, with their positions and styles."""
