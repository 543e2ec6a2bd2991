"""Places of the world, so that a search knows places that the corpus does not mention."""
