"""The search pipeline: prepare, retrieve, fuse, rerank, dress; start reading at `searcher`."""
