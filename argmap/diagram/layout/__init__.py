"""Place the boxes of a diagram: sizes, line breaks, columns, sheets and pages."""
