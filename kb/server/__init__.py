"""HTTP server: the application with the API and the pages, and the code that starts it."""
