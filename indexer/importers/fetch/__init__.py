"""Download files: address, public network check, connection, body."""
