"""Detection of file formats from file content."""
