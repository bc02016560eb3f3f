"""``tallystick prove``: a certificate proved anew from its own words."""

from __future__ import annotations

import sys

import click

from tallystick.cli.door import say_json

__all__ = ["prove"]

BROKEN = 4


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the outcomes as JSON.")
def prove(files: tuple[str, ...], as_json: bool) -> None:
    """Prove the bounds of certificates: FILES written by `reckon --certificates`, or -.

    Exit code 4 if one of them does not prove its bound.
    """
    from tallystick.casework.prove import certificates_in, text_of
    from tallystick.reckoning import prove as prove_one

    proofs = []
    for name in files:
        text = sys.stdin.read() if name == "-" else text_of(name)
        proofs += [prove_one(told) for told in certificates_in(text, name=name)]
    if as_json:
        say_json(
            [
                {"certificate": p.certificate, "lo": p.lo, "holds": p.holds, "fails": p.fails}
                for p in proofs
            ]
        )
    else:
        for proof in proofs:
            words = "proved" if proof.holds else f"NOT proved: {proof.fails}"
            click.echo(f"{proof.certificate}  at least {proof.lo:,}  {words}")
    if not all(proof.holds for proof in proofs):
        sys.exit(BROKEN)
