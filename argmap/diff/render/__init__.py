"""Write a diff as text, Markdown and prose."""
