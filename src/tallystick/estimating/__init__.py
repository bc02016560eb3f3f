"""The estimating room."""
