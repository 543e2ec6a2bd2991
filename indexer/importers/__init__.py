"""Files that people bring -> their text in blocks, each with its place. One file a format."""
