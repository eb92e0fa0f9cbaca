"""Reading: documents to extractions; the only folder that imports spaCy."""
