"""What moved between two maps: matches → changes → shifts."""
