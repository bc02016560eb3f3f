"""Let people speak to a case on the command line: one file a verb, nothing but words in and out."""

from tallystick.cli.door import main

__all__ = ["main"]
