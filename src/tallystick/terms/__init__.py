"""The terms room."""
