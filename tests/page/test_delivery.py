"""What the server sends of the page: short scripts with the tokens of the sources, at addresses that may be kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from api.page_files import PageFiles
from api.page_scripts import slimmed
from orbits import InvalidValue
from tests.faces import AppClient, started
from tests.page.node import HERE, STATIC, node

MOST_BYTES = 150_000  # of all scripts together, as delivered and before any compression
HARD_PLACES = {
    "templates within templates": 'f(`x ${b ? `  two  ${ { c: 1 }.c } // no comment` : "`"} /* nor this */`) // one\n',
    "patterns that hold quotes": "f(/[/\"'`]\\//g, a / b / c, x => /=>/ . test(x)); return /a  b/ . source;\n",
    "signs that must not meet": "a + +b; a - -b; a++ + ++b; 5 .toFixed(); a ? .5 : 1; x in y; a  /  b;\n",
    "no semicolons": "let a = 1\nlet b = 2 // two\n/* three\n lines */ let c = a\n++b\n",
    "comments in strings": "const a = 'it\\'s // text', b = \"/* text */\", c = '\\\\'; // comment\n",
    "private names": "class A { #b = 1; static #c () { return #b in this } get  d () { return this . #b } }\n",
}


@pytest.mark.parametrize("source", HARD_PLACES.values(), ids=HARD_PLACES.keys())
def test_a_hard_place_keeps_its_tokens_and_loses_bytes(source: str) -> None:
    short = slimmed(source)
    assert len(short) < len(source)
    assert slimmed(short) == short
    same_tokens([["hard place", source, short]])


def test_every_module_keeps_its_tokens_on_their_lines() -> None:
    sources = {file.name: file.read_text(encoding="utf-8") for file in STATIC.glob("*.js")}
    same_tokens([[name, source, slimmed(source)] for name, source in sources.items()])


def same_tokens(pairs: list[list[str]]) -> None:
    done = node("--expose-internals", HERE / "tokens.cjs", text=json.dumps(pairs))
    assert done.returncode == 0, done.stdout + done.stderr


def test_text_stays_and_comments_go() -> None:
    assert (
        slimmed("  const a = `x  y`;  // why\n\n  /** @type {b} */ let c = 'd  e'\n")
        == "const a=`x  y`;\n\nlet c='d  e'\n"
    )


@pytest.mark.parametrize("source", ["a\nlet b = 'c", "`${a}", "/* a", "f(`${`)"])
def test_what_is_not_closed_is_refused_with_its_line(source: str) -> None:
    with pytest.raises(InvalidValue, match=r"line \d"):
        slimmed(source)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    with started(f"sqlite:///{tmp_path_factory.mktemp('page') / 'empty.sqlite3'}", warm=False) as client:
        yield client


def test_all_scripts_together_are_delivered_in_150_000_bytes(client: AppClient) -> None:
    names = re.findall(r'rel="modulepreload" href="([^"]+)"', client.get("/").text)
    assert {name.rpartition("/")[2] for name in names} == {file.name for file in STATIC.glob("*.js")}
    sizes = {name: len(client.get(name).content) for name in names}  # a client's decoding is undone: plain bytes
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_kept_addresses_change_with_the_files_and_plain_ones_are_asked_again(client: AppClient) -> None:
    files = PageFiles(STATIC)
    kept = client.get(f"/static/{files.kept_under}/main.js")
    assert "immutable" in kept.headers["Cache-Control"]
    assert "immutable" in client.get(f"/static/{files.kept_under}/page.css").headers["Cache-Control"]
    plain = client.get("/static/main.js")
    assert plain.content == kept.content == files.scripts["main.js"]
    assert plain.headers["Cache-Control"] == "no-cache"
    assert plain.headers["Content-Type"].startswith("text/javascript")
    again = client.request("GET", "/static/main.js", headers={"If-None-Match": plain.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/static/0123456789abcdef/main.js").status_code == 404
