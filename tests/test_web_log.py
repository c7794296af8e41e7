"""The public log over HTTP: anyone may read it, and a stranger's program accepts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cli_use import SAMPLE, Use
from desk import served, settings
from flask import Flask

from events_store import verify
from events_store.key_folder import KeyFolder
from web import create_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("public")
    Use(folder).founded().run("import", SAMPLE, "--create-units")
    return create_app(replace(settings(folder), keys=folder / "exemplar.db.keys"))


def key(app: Flask) -> str:
    folder: Path = app.extensions["settings"].keys_folder
    return str(KeyFolder(folder).verifiers()[-1])


def test_a_stranger_reads_and_accepts_the_log(
    app: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    with served(app) as address:
        assert verify.main([f"{address}/log", "--key", key(app)]) == 0
    assert "ĐÚNG" in capsys.readouterr().out


def test_tiles_are_kept_for_ever_and_the_checkpoint_is_not(app: Flask) -> None:
    ask = app.test_client()
    checkpoint, tile = ask.get("/log/checkpoint"), ask.get("/log/tile/0/000")
    assert checkpoint.content_type == "text/plain; charset=utf-8"
    assert checkpoint.headers["Cache-Control"] == "no-cache"
    assert tile.content_type == "application/octet-stream"
    assert "immutable" in tile.headers["Cache-Control"]
    assert len(tile.data) == 8192


@pytest.mark.parametrize(
    "path", ["0/999", "0/000.p/0", "0/000.p/256", "0/00", "64/000", "x/000", "entries/x001/000"]
)
def test_there_is_nothing_else(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/log/tile/{path}").status_code == 404
