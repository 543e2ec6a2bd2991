"""Citations and references of sources."""
