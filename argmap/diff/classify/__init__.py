"""Name what happened to each matched claim, each relation and each issue."""
