"""One journey, one page, one file."""

from kb.web.pages import files, home, records, results

PAGES = (home.router, results.router, records.router, files.router)
