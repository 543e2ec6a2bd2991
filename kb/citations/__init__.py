"""Format citations of sources, and export references."""
