"""Read web pages: encoding, MHTML, tree, pieces, main text, metadata."""
