"""Which pages exist, fetched politely: knows no text extraction and no database."""
