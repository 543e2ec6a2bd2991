"""ShelfStore: what people import, kept on this machine beside the corpus. One step a file."""
