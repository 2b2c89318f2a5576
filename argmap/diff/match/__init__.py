"""Pair the claims of two maps."""
