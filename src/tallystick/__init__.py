"""Tallystick: casualty recording from documents to figures that can be defended.

The house is drawn in ``docs/house.md``. Each room is entered by its front door, for example
``from tallystick.reckoning import reckon``. Importing the package itself imports no room.
"""

__all__ = ["__version__"]

__version__ = "0.1.0"
