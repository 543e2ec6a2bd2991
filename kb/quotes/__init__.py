"""Check the quotations of a draft against the stored texts of imported documents."""
