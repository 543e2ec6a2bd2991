"""The embedded engine: tantivy, faiss and SQLite in one folder."""
