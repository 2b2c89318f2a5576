"""Build the diagrams: one file a picture."""
