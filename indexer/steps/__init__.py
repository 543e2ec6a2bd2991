"""Steps of a build, one per file; `indexer/build.py` calls them in order."""
