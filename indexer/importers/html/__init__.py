"""A page of the web, step by step: encoding, saved, tree, pieces, main, facts."""
