from __future__ import annotations

import pytest
from tests.publishing.invented_case import dossier

from tallystick.publishing import publish


@pytest.fixture(scope="session", params=["en", "ar"])
def report(request, tmp_path_factory):
    """Return the folder of the invented case's report, in each language."""
    folder = tmp_path_factory.mktemp(f"report-{request.param}")
    publish(dossier(request.param), folder)
    return folder


@pytest.fixture(scope="session")
def english(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report-english")
    publish(dossier(), folder)
    return folder
