"""An address of the web -> a file, step by step: address, reach, line, body."""
