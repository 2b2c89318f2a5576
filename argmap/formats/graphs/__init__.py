"""Graph formats: GraphML, GEXF and node-link JSON."""
