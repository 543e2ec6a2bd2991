"""Commands that measure speed and quality: against other systems, under load and by index size."""
