"""Shared by all formats: the registry, losses, and tools for readers and writers."""
