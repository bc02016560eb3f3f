"""Join candidate pairs on the engine at hand: DuckDB here, Spark beyond one machine."""

from tallystick.linking.engines.duck import joined_pairs
from tallystick.linking.engines.sql import JOIN

__all__ = ["JOIN", "joined_pairs"]
