"""The views: what one sheet shows, one file per question."""
