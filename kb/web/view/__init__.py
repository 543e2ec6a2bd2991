"""How pages are made: addresses, templates, and the parts that pages share."""
