"""Settings: what must be said, and what is found beside the register."""

from __future__ import annotations

from pathlib import Path

import postgres
import pytest
from cli_use import Use

from web.settings import BadSetting, from_environment

SERVER = "postgresql://exemplar@db.example/so"


def test_the_keys_of_a_file_lie_beside_it() -> None:
    settings = from_environment({"EXEMPLAR_DATABASE": "sqlite:////srv/so.db"})
    assert settings.keys_folder == Path("/srv/so.db.keys")


def test_the_keys_of_a_register_on_a_server_are_never_looked_for_where_we_happen_to_be() -> None:
    settings = from_environment({"EXEMPLAR_DATABASE": SERVER})
    with pytest.raises(BadSetting) as caught:
        _ = settings.keys_folder
    assert caught.value.name == "EXEMPLAR_KEYS"
    named = from_environment({"EXEMPLAR_DATABASE": SERVER, "EXEMPLAR_KEYS": "/srv/keys"})
    assert named.keys_folder == Path("/srv/keys")
    demo = from_environment({"EXEMPLAR_DATABASE": SERVER, "EXEMPLAR_DEMO": "1"})
    assert demo.keys_folder == Path("so.keys")


def test_without_a_place_for_keys_nothing_is_founded_on_a_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    use = Use(tmp_path)
    with postgres.database() as url:
        use.env["EXEMPLAR_DATABASE"] = url
        said = use.run("init", code=2).stderr
        assert said.startswith("Lỗi: EXEMPLAR_KEYS: chưa đặt.")
        use.env["EXEMPLAR_KEYS"] = str(tmp_path / "keys")
        use.run("init")
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


@pytest.mark.parametrize("url", ["so.example.vn", "https://so.example.vn/so", "ftp://so.example"])
def test_where_people_reach_the_register_is_a_scheme_and_a_host(url: str) -> None:
    with pytest.raises(BadSetting, match="EXEMPLAR_BASE_URL"):
        from_environment({"EXEMPLAR_BASE_URL": url})


def test_who_sends_letters_says_where_their_links_lead() -> None:
    told = {"EXEMPLAR_SECRET_KEY": "x", "EXEMPLAR_SMTP": "smtp://localhost"}
    with pytest.raises(BadSetting, match="EXEMPLAR_BASE_URL"):
        from_environment(told).check_serving()
    from_environment(told | {"EXEMPLAR_BASE_URL": "https://so.example.vn"}).check_serving()
