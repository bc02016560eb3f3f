"""Name what a report may let out: the profile, field by field, and the texts asked for by name.

What a profile does not name stays in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tallystick.errors import UnknownTerm

__all__ = ["PROFILES", "Profile", "Release", "UnknownProfile"]


class UnknownProfile(UnknownTerm):
    """A report is asked for under a profile that does not exist."""

    code = "unknown-profile"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no redaction profile “{name[:40]}”.",
            then=f"use one of {', '.join(sorted(PROFILES))}.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """List the fields that go out; ``restricted_…`` for what comes from a restricted source."""

    source: frozenset[str]
    restricted_source: frozenset[str]
    claim: frozenset[str]
    restricted_claim: frozenset[str]
    statement: frozenset[str]
    figure: frozenset[str]
    certificate: frozenset[str]
    estimate: frozenset[str]


@dataclass(frozen=True, slots=True)
class Release:
    """Hold what the one who publishes lets out.

    Args:
        profile: A name in ``PROFILES``.
        whole_texts: Ids of public sources whose whole text goes out, with the names in it; of
            all others only the passages do that claims and statements are pinned to.
    """

    profile: str = "public"
    whole_texts: frozenset[str] = field(default_factory=frozenset)

    @property
    def fields(self) -> Profile:
        """Return the fields that go out.

        Raises:
            UnknownProfile: There is no such profile.
        """
        if self.profile not in PROFILES:
            raise UnknownProfile(self.profile)
        return PROFILES[self.profile]


_BARE_SOURCE = frozenset({"id", "media_type", "sha256", "size", "access"})
# What reckoning used, without a word of the source: the proof could not be checked without it.
_BARE_CLAIM = frozenset(
    {
        "id", "source", "published", "kind", "unit", "lo", "hi", "hedge", "polarity", "role",
        "part_of", "supersedes", "retracts", "pins", "whom", "where", "to", "during", "counted",
        "originator", "edition", "by", "standard",
    }
)  # fmt: skip

PROFILES: Mapping[str, Profile] = {
    "public": Profile(
        source=_BARE_SOURCE
        | {"title", "outlet", "url", "published", "retrieved", "lang", "kind", "text"},
        restricted_source=_BARE_SOURCE,
        claim=_BARE_CLAIM
        | {
            "span", "quote", "also", "incident", "category", "place", "date", "attributed_to",
            "via", "actor", "method",
        },
        restricted_claim=_BARE_CLAIM,
        statement=frozenset(
            {
                "id", "source", "published", "span", "quote", "kind", "speaker_words", "speaker",
                "about", "against_words", "against", "due", "method",
            }
        ),
        figure=frozenset(
            {
                "type", "id", "query", "documented", "single", "believed", "corroborated",
                "withstands", "corroborated_k", "withstands_k", "otherwise", "flags", "claimed",
                "highest", "named", "contested", "derived", "method",
            }
        ),
        certificate=frozenset(
            {
                "type", "id", "method", "query", "lo", "value", "premises", "asked", "inside",
                "units", "incidents", "cuts", "tellers", "cover",
            }
        ),
        estimate=frozenset(
            {
                "type", "id", "stratum", "method", "n_observed", "median", "lo", "hi", "assumes",
                "diagnostics", "refused", "seed", "table",
            }
        ),
    )
}  # fmt: skip
