"""Text -> unit vectors, one class for passages and questions."""
