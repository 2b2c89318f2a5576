"""The file formats of the field: one file a format, and the list of them."""
