"""A model may propose; what it makes up never becomes a claim."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tallystick.reading.engines.llm import endpoint, proposed_claims

TEXT = (
    "At least 18 people were killed in Homs on Monday. Officials denied that 40 villagers died. "
    "A second strike could kill 5,000 people. Gunmen abducted three farmers."
)


def says(*proposals: dict[str, object]) -> object:
    return lambda _prompt: "Here you are: " + json.dumps(list(proposals))


def proposal(quote: str, lo: int, hi: int | None, kind: str = "killed") -> dict[str, object]:
    return {"quote": quote, "kind": kind, "lo": lo, "hi": hi}


def test_what_our_reader_confirms_is_a_claim_with_its_place_in_the_text() -> None:
    ask = says(proposal("At least 18 people were killed", 18, None))
    (claim,), issues = proposed_claims(TEXT, ask, source="s-1")  # type: ignore[arg-type]

    assert [] == issues
    assert claim.quote == TEXT[slice(*claim.span or (0, 0))]
    assert claim.method.startswith("proposal+")


@pytest.mark.parametrize(
    "lie",
    [
        proposal("At least 81 people were killed", 81, None),
        proposal("At least 18 people were killed", 81, None),
        proposal("At least 18 people were killed", 180, None),
        proposal("At least 18 people were killed", 18, 18),
        proposal("At least 18 people were killed", 18, None, "injured"),
        proposal("18 people were killed", 18, 18),
        proposal("8 people were killed", 8, 8),
        proposal("40 villagers died", 40, 40),
        proposal("kill 5,000 people", 5000, 5000),
        proposal("000 people", 0, 0),
        proposal("people were killed", 18, None),
        proposal("three farmers", 3, 3, "abducted"),
        proposal("", 3, 3),
        {"kind": "killed", "lo": 5, "hi": 5},
    ],
)
def test_no_lie_passes(lie: dict[str, object]) -> None:
    claims, issues = proposed_claims(TEXT, says(lie), source="s-1")  # type: ignore[arg-type]

    assert [] == claims
    assert ["reading.proposal-unverified"] == [issue.code for issue in issues]


@pytest.mark.parametrize("answer", ["", "no", "[", "[1, null]", '{"quote": "x"}', "[[]]"])
def test_an_answer_that_is_no_list_of_figures_gives_nothing(answer: str) -> None:
    assert ([], []) == proposed_claims(TEXT, lambda _prompt: answer)


class _Server(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        content = json.dumps([proposal("Gunmen abducted three farmers", 3, 3, "abducted")])
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


def test_a_local_server_is_asked() -> None:
    server = HTTPServer(("127.0.0.1", 0), _Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        ask = endpoint(f"http://127.0.0.1:{server.server_port}/v1/chat/completions", "any")
        (claim,), _ = proposed_claims(TEXT, ask)
    finally:
        server.shutdown()
        server.server_close()

    assert ("abducted", 3) == (claim.kind, claim.lo)


def test_an_endpoint_that_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match="http"):
        endpoint("file:///etc/hosts", "any")
