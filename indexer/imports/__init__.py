"""Import documents to shelves on this machine, separate from the corpus."""
