"""Atom feeds and the sitemap, both XML."""
