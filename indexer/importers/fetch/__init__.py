"""Download files from public networks, with checks of URLs and IP addresses."""
