"""What every HTTP interface shares: guards, problems, entity tags, cursors, the served index."""
