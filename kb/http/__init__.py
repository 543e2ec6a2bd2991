"""HTTP code shared by API and pages: guards, problems, entity tags, cursors, index watcher."""
