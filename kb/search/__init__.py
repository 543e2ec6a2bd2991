"""The search pipeline: prepare, retrieve, fuse, rerank and make hits. Begin with `searcher`."""
