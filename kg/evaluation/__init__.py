"""A build against a gold file: what is right, what is missing, what is false."""
