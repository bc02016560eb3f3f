"""Hold the frozen things that flow from room to room, and their exact bytes."""

from tallystick.records.issue import Issue, Span, Weight

__all__ = ["Issue", "Span", "Weight"]
