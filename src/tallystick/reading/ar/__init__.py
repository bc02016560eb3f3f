"""Read Arabic: words parted from their clitics, groups, frames, tolls, tellers, places, days.

Arabic puts the verb first, writes “and”, “in”, “to” and “the” onto the word, and says two by an
ending; so it has a grammar of its own. What it gives are the same drafts, settled as all others.
"""

from tallystick.reading.ar.document import arabic_document

__all__ = ["arabic_document"]
