"""Languages of the interface: message catalogs, labels, and numbers and dates in words."""
