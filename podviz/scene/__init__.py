"""From a sheet to boxes and arrows: what all views share."""
