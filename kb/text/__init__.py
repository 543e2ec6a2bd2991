"""One analysis for index, query and highlight."""
