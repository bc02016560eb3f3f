"""Hold the frozen things that flow from room to room, and their exact bytes."""

from tallystick.records.canonical import NotCanonical, canonical, digest, parse_canonical, short_id
from tallystick.records.claim import (
    BadClaim,
    Claim,
    Hedge,
    Kind,
    Pins,
    Polarity,
    Role,
    Standard,
    Unit,
    Whom,
)
from tallystick.records.days import Counted, Days, Mark, UnclearDate
from tallystick.records.incident import Incident
from tallystick.records.issue import Issue, Span, Weight
from tallystick.records.journal import LONGEST_ENTRY, BadEntry, JournalEntry
from tallystick.records.notation import (
    COLUMNS,
    BadNotation,
    HowMany,
    how_many,
    parse_claims,
    parse_how_many,
    parse_line,
    parse_whom,
    print_claims,
    print_line,
    print_whom,
)
from tallystick.records.person import Entry, Household, LinkVerdict, Person, Says, Sex
from tallystick.records.review import BadReview, Review, Verdict
from tallystick.records.source import Access, Dump, Source, SourceKind
from tallystick.records.statement import BadStatement, Statement, StatementKind

__all__ = [
    "COLUMNS",
    "LONGEST_ENTRY",
    "Access",
    "BadClaim",
    "BadEntry",
    "BadNotation",
    "BadReview",
    "BadStatement",
    "Claim",
    "Counted",
    "Days",
    "Dump",
    "Entry",
    "Hedge",
    "HowMany",
    "Household",
    "Incident",
    "Issue",
    "JournalEntry",
    "Kind",
    "LinkVerdict",
    "Mark",
    "NotCanonical",
    "Person",
    "Pins",
    "Polarity",
    "Review",
    "Role",
    "Says",
    "Sex",
    "Source",
    "SourceKind",
    "Span",
    "Standard",
    "Statement",
    "StatementKind",
    "UnclearDate",
    "Unit",
    "Verdict",
    "Weight",
    "Whom",
    "canonical",
    "digest",
    "how_many",
    "parse_canonical",
    "parse_claims",
    "parse_how_many",
    "parse_line",
    "parse_whom",
    "print_claims",
    "print_line",
    "print_whom",
    "short_id",
]
