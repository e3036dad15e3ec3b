"""The modules that need no browser, under Node's own test runner."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.page.node import HERE, STATIC, node


def test_the_pure_modules_pass_their_own_tests() -> None:
    files = sorted(HERE.glob("*.test.mjs"))
    assert len(files) >= 5
    done = node("--test", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_is_valid_for_node() -> None:
    for file in sorted(STATIC.glob("*.js")):
        done = node("--check", file)
        assert done.returncode == 0, done.stderr


def test_the_types_in_the_comments_hold_where_the_compiler_is_installed() -> None:
    program = shutil.which("tsc")
    if program is None:
        pytest.skip("no TypeScript: npx -p typescript tsc -p tests/page checks the types (docs/page.md)")
    done = subprocess.run([program, "-p", str(HERE)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
