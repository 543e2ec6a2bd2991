"""HTTP code shared by API and pages: guards, problems, ETags, cursors and the index watcher."""
