"""Read captions: what is said, when and by whom."""
