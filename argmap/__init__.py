"""argmap maps the arguments of texts, anchored to their exact words, draws them, and diffs positions."""
