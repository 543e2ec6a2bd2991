"""HTTP server: the application of API and pages, and how it starts."""
