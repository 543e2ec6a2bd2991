"""Read office documents: packages, pandoc, outlines."""
