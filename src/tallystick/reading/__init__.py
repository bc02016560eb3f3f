"""Read claims out of texts: who says that how many people were harmed, where, when, by whom.

Deterministic and offline: no model, no clock, no network. Every claim carries the words it was
read from and the rule that read it. Nothing read here is accepted without a person.
"""

from tallystick.reading.explain import Explanation
from tallystick.reading.method import method_of
from tallystick.reading.read import Reading, read_text

__all__ = ["Explanation", "Reading", "method_of", "read_text"]
