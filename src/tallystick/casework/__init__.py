"""Do what a person intends with a case: one file, one deed.

A deed fetches records, calls a workshop, and writes the journal in one transaction.
"""

from tallystick.casework.case import BadSettings, Case, NoCase, Settings, now
from tallystick.casework.new import CaseExists, new
from tallystick.casework.preserve import Kept, preserve
from tallystick.casework.status import Status, status
from tallystick.casework.verify import BadHead, Verified, head_of, verify

__all__ = [
    "BadHead",
    "BadSettings",
    "Case",
    "CaseExists",
    "Kept",
    "NoCase",
    "Settings",
    "Status",
    "Verified",
    "head_of",
    "new",
    "now",
    "preserve",
    "status",
    "verify",
]
