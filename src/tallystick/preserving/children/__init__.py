"""Run the large parsers, each document apart from the rest; only ``apart`` starts this."""
