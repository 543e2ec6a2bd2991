"""What stands between an office document and its blocks: packages, pandoc, outlines."""
