"""Turn a case into what may be shown: one offline folder of pages in which every number is a link.

A report is made of a ``Dossier`` alone: no database, no clock, no network. What may not be shown
is taken out before the first page is written (``redact``).
"""

from tallystick.publishing.desk import MisplacedQuote, UnusableId
from tallystick.publishing.dossier import Axis, Dossier, LooseEnd, Preserved, Table, Told
from tallystick.publishing.estimate_pictures import pictures_of_estimate
from tallystick.publishing.figures import BadFigure, ReadFigure
from tallystick.publishing.profiles import PROFILES, Profile, Release, UnknownProfile
from tallystick.publishing.publish import publish
from tallystick.publishing.redact import NoSuchText, Redacted, RestrictedText, redact
from tallystick.publishing.wording import LANGUAGES, UnknownLanguage

EXPORTERS = {"html": publish}

__all__ = [
    "EXPORTERS",
    "LANGUAGES",
    "PROFILES",
    "Axis",
    "BadFigure",
    "Dossier",
    "LooseEnd",
    "MisplacedQuote",
    "NoSuchText",
    "Preserved",
    "Profile",
    "ReadFigure",
    "Redacted",
    "Release",
    "RestrictedText",
    "Table",
    "Told",
    "UnknownLanguage",
    "UnknownProfile",
    "UnusableId",
    "pictures_of_estimate",
    "publish",
    "redact",
]
