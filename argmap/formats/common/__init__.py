"""What formats share: the registry, losses, and helpers for readers and writers."""
