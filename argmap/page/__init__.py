"""The report: texts, maps and diff on one self-contained page."""
