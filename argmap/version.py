"""The version, at the lowest floor, so that every room can name it."""

__version__ = "0.1.0"

PDF_MARK = b"% drawn by argmap\n"
"""Last line of each PDF that argmap draws, a comment; `argmap` replaces only such PDFs."""
