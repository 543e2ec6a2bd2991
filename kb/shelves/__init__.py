"""Read-only access to shelves on disk."""
