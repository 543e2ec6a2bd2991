"""What makes words a demand: sentence forms, lists, voices, word tables."""
