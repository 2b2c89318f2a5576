"""argmap's own YAML and JSON."""
