"""What programs read in the head of a page: citation managers, search engines, messengers."""
