"""Server-rendered pages that work without JavaScript, in English and Spanish."""
