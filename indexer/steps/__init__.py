"""The steps of a build, one file each, in the order of `indexer/build.py`."""
