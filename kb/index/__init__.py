"""An index: immutable generations on disk, and the two protocols behind which they stand."""
