"""What `check` looks for: one function a rule, and the list of them."""
