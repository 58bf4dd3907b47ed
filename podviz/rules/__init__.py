"""What podviz judges: one file for each theme, one function for each rule."""
