"""Find demands in text with rules, and identify their action, addressee and amount."""
