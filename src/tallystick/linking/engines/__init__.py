"""Run on what is at hand: compiled loops, DuckDB, Spark beyond one machine, Splink beside us."""
