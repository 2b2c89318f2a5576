"""Write a laid-out sheet as DOT, SVG or Mermaid, and run the layout engine."""
