"""Do what a person intends with a case: one file, one deed.

A deed fetches records, calls a workshop, and writes the journal in one transaction. Each deed has a
door of its own, so that a verb loads only what it needs: ``from tallystick.casework.verify import
verify``.
"""

__all__: list[str] = []
