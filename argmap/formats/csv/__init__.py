"""CSV: one table, or two tables side by side."""
