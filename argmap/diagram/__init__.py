"""Pictures of maps, diffs and timelines, through one neutral `Diagram`."""
