"""How well the search ranks, on judged queries, in the literature's measures."""
