"""The server: one application of API and pages, and how it is started."""
