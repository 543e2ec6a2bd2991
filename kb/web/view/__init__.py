"""View code shared by pages: URLs, templates and page parts."""
