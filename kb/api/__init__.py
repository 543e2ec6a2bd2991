"""The HTTP API: parse, call, show; `app` is the page to read, `server` starts it."""
