"""The steps of a build, which `indexer/build.py` calls in order."""
