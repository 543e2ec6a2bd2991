"""HTTP code shared by API and pages: guards, problems, entity tags, cursors and index watcher."""
