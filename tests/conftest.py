"""Puts tests/ on the path, so that its helpers are found from every folder below."""
