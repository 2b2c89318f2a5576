"""arggraph XML of the argumentative microtexts."""
