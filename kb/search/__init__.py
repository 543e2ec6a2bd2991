"""The search pipeline: prepare, retrieve, fuse, rerank, make hits; start reading at `searcher`."""
