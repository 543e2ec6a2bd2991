"""Extract text blocks with locations from users' files; one importer per format."""
