"""Find running heads, page numbers and page labels."""
