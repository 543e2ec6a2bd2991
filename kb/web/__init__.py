"""Pages for people, made on the server: forms and links first, in English and Spanish."""
