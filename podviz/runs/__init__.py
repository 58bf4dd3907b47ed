"""Many inputs: from files to files, drawn by several at a time, and nothing twice."""
