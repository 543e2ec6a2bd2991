"""Running heads, page numbers and printed labels."""
