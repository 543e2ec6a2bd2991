"""Find running headers and footers, page numbers and page labels."""
