"""Steps of a build, one module per step; `indexer/build.py` calls them in order."""
