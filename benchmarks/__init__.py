"""Speed and quality beside other systems, under load and at size: one command each."""
