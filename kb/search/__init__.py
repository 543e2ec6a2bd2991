"""The search pipeline: prepare, retrieve, fuse, rerank and make hits. Start with `searcher.py`."""
