"""What follows from a cluster: who is meant by whom, who is for what, what is where."""
