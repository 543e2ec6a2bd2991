"""Extract text blocks with locations from users' files; each format has an importer."""
