"""View code shared by the pages: URLs, templates and parts of pages."""
