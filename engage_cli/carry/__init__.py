"""Import and export: from a format to records, one after the other, and back."""
