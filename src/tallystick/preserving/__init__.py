"""The preserving room."""
