"""Public collections of hostile inputs: what they are and whose is told in README.md."""
