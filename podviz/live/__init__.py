"""A preview that follows the files on disk."""
