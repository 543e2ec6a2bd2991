"""Build verified index generations from corpus files; serving is in `kb`."""
