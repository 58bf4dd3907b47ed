"""What the rules find, and what of it counts."""
