"""What makes words a demand, of whom, and what is asked: tables, sentence forms, lists, voices."""
