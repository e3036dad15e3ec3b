"""Attack the readers by hand, for as long as wanted; the suite's own attack is `tests/property/test_formats.py`.

    python -m tests.fuzz_formats --texts 1000000 --seed 1      random damage, every record checked against its text
    python -m tests.fuzz_formats --atheris -runs=1000000       damage guided by coverage (needs the extra `fuzz`)

Either stops at the first failure and prints the text that caused it.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter

if "--atheris" in sys.argv:
    import atheris

    with atheris.instrument_imports(include=["orbits.formats"]):
        import orbits.formats  # noqa: F401  # before anything else imports it

from orbits import ElementSetError
from orbits.formats import detect_format, read_element_sets
from tests.property.damaged_texts import FORMS, TEXTS, damage, with_right_checksums
from tests.property.test_formats import check


def attack(form: str, content: bytes) -> str:
    """Read a damaged text and check all that is returned; which of the possible outcomes it had."""
    try:
        elements = read_element_sets(content)
    except ElementSetError as error:
        return "refused with records" if error.refused else "refused as a whole"
    check(form, content, elements)
    return f"{len(elements)} loaded, {len(elements.refused)} refused" if elements.refused else f"{len(elements)} loaded"


def attack_at_random(first: int, texts: int, seed: int) -> None:
    outcomes: dict[str, Counter[str]] = {form: Counter() for form in FORMS}
    started = time.monotonic()
    longest = 0.0
    for count in range(first, first + texts):
        chance = random.Random(f"{seed}/{count}")
        form = FORMS[count % len(FORMS)]
        content = damage(chance, TEXTS[form].encode(), chance.choice((1, 1, 2, 4)))
        if form == "tle" and chance.randrange(2):
            content = with_right_checksums(content)
        before = time.perf_counter()
        try:
            outcomes[form][attack(form, content)] += 1
        except BaseException:
            print(f"text {count} of seed {seed}, {form}:\n{content!r}", file=sys.stderr)
            raise
        longest = max(longest, time.perf_counter() - before)
        if (count + 1) % 50_000 == 0:
            print(f"{count + 1} texts, {time.monotonic() - started:.0f} s, longest {longest * 1e3:.0f} ms", flush=True)
    for form, counted in outcomes.items():
        print(form, dict(counted.most_common()))


def attack_by_coverage(arguments: list[str]) -> None:
    def one(data: bytes) -> None:
        if len(data) < 2:
            return
        # The first byte chooses a form, whose text the rest damages at places that it chooses itself.
        content = data[1:]
        if data[0] % 2:
            form = FORMS[data[0] // 2 % len(FORMS)]
            content = damage(random.Random(data[1:]), TEXTS[form].encode(), 1 + data[0] % 4)
        try:
            form = detect_format(content)
        except ElementSetError:
            return
        attack(form, content)

    atheris.Setup([sys.argv[0], *arguments], one)
    atheris.Fuzz()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="number of the first text, to repeat or go on")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    options, rest = parser.parse_known_args()
    if options.atheris:
        attack_by_coverage(rest)
    else:
        attack_at_random(options.first, options.texts, options.seed)


if __name__ == "__main__":
    main()
