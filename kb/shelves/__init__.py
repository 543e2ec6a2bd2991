"""Read the shelves on disk, without writing to them."""
