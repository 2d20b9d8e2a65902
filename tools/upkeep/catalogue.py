"""Keep the translations in step with the sentences: ``python tools/upkeep/catalogue.py [--check]``.

Collects every sentence a user can meet (messages, help texts, the documentation of each
code, and click's own sentences), brings the Chinese catalogue up to date, and compiles it.
With ``--check`` nothing is written; what is out of step or untranslated is listed.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file

from target_registry import codes
from target_registry.language import DOMAIN, LOCALE

PACKAGE = LOCALE.parent
PO = LOCALE / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
OWN = {"Message": None, "Counted": (1, 2), "say": None, "_say": None, "speech": None}
CLICKS = {"_": None, "ngettext": (1, 2)}
# An example is translated only where it holds a comment for people.
_COMMENT = re.compile(r"#[ \t][^\n]*?[A-Za-z]+['’]?[a-z]*[ \t]+[A-Za-z]")


def sentences() -> Iterator[str | tuple[str, ...]]:
    """Every sentence, in the order of the files."""
    for folder, keywords in ((PACKAGE, OWN), (Path(click.__file__).parent, CLICKS)):
        for path in sorted(folder.rglob("*.py")):
            for _, message, _, _ in extract_from_file("python", str(path), keywords=keywords):
                yield message
    manuals = [manual for _, manual in codes.of_findings().values()]
    for manual in (*manuals, *codes.of_changes().values()):
        yield manual.what
        yield manual.why
        yield from (example for example in (manual.bad, manual.good) if _COMMENT.search(example))


def template() -> Catalog:
    """A catalogue of all sentences, without translations."""
    catalogue = Catalog(domain=DOMAIN)
    for message in sentences():
        if message:
            catalogue.add(message)
    return catalogue


def updated(current: Catalog) -> Catalog:
    """The catalogue with what is new added and what is gone left out."""
    current.update(template(), no_fuzzy_matching=True)
    current.obsolete.clear()
    return current


def read() -> Catalog:
    """The catalogue as it is."""
    with PO.open("rb") as file:
        return pofile.read_po(file, locale="zh", domain=DOMAIN)


def po_bytes(catalogue: Catalog) -> bytes:
    """The catalogue as text, the same for the same sentences."""
    target = io.BytesIO()
    pofile.write_po(target, catalogue, width=100, sort_output=True, omit_header=True, no_location=True)
    header = (
        "# The Chinese of every sentence; tools/upkeep/catalogue.py keeps it in step.\n"
        'msgid ""\nmsgstr ""\n'
        '"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    )
    return header.encode() + target.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The catalogue compiled."""
    # The compiled form holds these dates; the same sentences must give the same bytes.
    catalogue.creation_date = catalogue.revision_date = datetime(2018, 1, 1, tzinfo=UTC)
    target = io.BytesIO()
    mofile.write_mo(target, catalogue)
    return target.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """Sentences without a translation."""
    missing = []
    for message in catalogue:
        translated = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(translated):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def faults() -> list[str]:
    """What is out of step, one line each."""
    current = read()
    found = [f"not translated: {sentence!r}" for sentence in untranslated(updated(current))]
    if po_bytes(current) != PO.read_bytes():
        found.append(f"{PO.name} is out of step with the sentences")
    compiled = PO.with_suffix(".mo")
    if not compiled.is_file() or compiled.read_bytes() != mo_bytes(pofile.read_po(io.BytesIO(po_bytes(current)))):
        found.append(f"{compiled.name} is not compiled from {PO.name}")
    return found


def main() -> int:
    """Bring the catalogue up to date, or say what is out of step."""
    if "--check" not in sys.argv:
        catalogue = updated(read())
        PO.write_bytes(po_bytes(catalogue))
        PO.with_suffix(".mo").write_bytes(mo_bytes(pofile.read_po(io.BytesIO(po_bytes(catalogue)))))
    found = faults()
    for line in found:
        print(line)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
