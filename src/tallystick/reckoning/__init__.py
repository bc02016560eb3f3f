"""The reckoning room."""
