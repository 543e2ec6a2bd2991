"""Format citations of sources, and export them as references for citation managers."""
