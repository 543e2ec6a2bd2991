"""What programs read of the whole site: feeds, the map, and the XML that both are."""
