"""The query journey: prepare, retrieve, fuse, rerank, dress; `searcher` is the page to read."""
