"""Extract text blocks with locations from users' files, with one importer per group of formats."""
