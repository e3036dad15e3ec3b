"""What the server sends of the page: short scripts that are the same modules, at addresses that may be kept."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.page_files import PageFiles
from tests.faces import AppClient, started
from tests.page.node import HERE, STATIC, node

MOST_BYTES = 150_000  # of all scripts together, as delivered and before any compression


@pytest.fixture(scope="module")
def files() -> PageFiles:
    pytest.importorskip("minify", reason="tdewolff-minify has no build for this machine: scripts are sent as they are")
    return PageFiles(STATIC)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with started(f"sqlite:///{tmp_path_factory.mktemp('page') / 'empty.sqlite3'}", warm=False) as client:
        yield client


def test_all_scripts_together_are_delivered_in_150_000_bytes(client: AppClient, files: PageFiles) -> None:
    names = re.findall(r'rel="modulepreload" href="([^"]+)"', client.get("/").text)
    assert {name.rpartition("/")[2] for name in names} == {file.name for file in STATIC.glob("*.js")}
    sizes = {name: len(client.get(name).content) for name in names}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_short_modules_import_export_and_read_the_same_names(files: PageFiles) -> None:
    pairs = [[name, (STATIC / name).read_text(encoding="utf-8"), text.decode()] for name, text in files.scripts.items()]
    done = node("--expose-internals", HERE / "names.cjs", text=json.dumps(pairs))
    assert done.returncode == 0, done.stdout + done.stderr


def test_short_modules_pass_the_tests_of_the_sources(files: PageFiles, tmp_path: Path) -> None:
    short, tests = tmp_path / "api" / "static", tmp_path / "tests" / "page"
    short.mkdir(parents=True)
    tests.mkdir(parents=True)
    shutil.copy(STATIC / "package.json", short)
    for name, text in files.scripts.items():
        (short / name).write_bytes(text)
    written = [Path(shutil.copy(file, tests)) for file in sorted(HERE.glob("*.test.mjs"))]
    done = node("--test", *written)
    assert done.returncode == 0, done.stdout + done.stderr


def test_kept_addresses_change_with_the_files_and_plain_ones_hold_the_sources(client: AppClient) -> None:
    files = PageFiles(STATIC)
    kept = client.get(f"/static/{files.kept_under}/main.js")
    assert kept.content == files.scripts["main.js"]
    assert kept.headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" in client.get(f"/static/{files.kept_under}/page.css").headers["Cache-Control"]
    plain = client.get("/static/main.js")
    assert plain.content == (STATIC / "main.js").read_bytes()
    assert plain.headers["Cache-Control"] == "no-cache"
    again = client.request("GET", "/static/main.js", headers={"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/static/0123456789abcdef/main.js").status_code == 404
    assert 'src="/static/main.js"' in client.get("/", sources=1).text
    assert f'src="/static/{files.kept_under}/main.js"' in client.get("/").text
