"""Detection of file formats by content."""
