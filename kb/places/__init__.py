"""Places of the world, so that search recognizes places that the corpus does not mention."""
