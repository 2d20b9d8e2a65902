"""Help texts in cells of a terminal: click counts characters, of which Chinese ones take two cells."""

from __future__ import annotations

from collections.abc import Iterable

import click

from target_registry.hanzi import has_chinese
from target_registry.wrapping import indented, width, wrap


class Formatter(click.HelpFormatter):
    """Lays out what click writes one below the other, each in its column."""

    def write_heading(self, heading: str) -> None:
        """Write what stands over a section, with the colon of its language."""
        sign = "：" if has_chinese(heading) else ":"
        self.write(f"{' ' * self.current_indent}{heading}{sign}\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, parted by empty lines."""
        pad = " " * self.current_indent
        paragraphs = (" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n"))
        told = ("\n".join(indented(paragraph, self.width, pad)) for paragraph in paragraphs)
        self.write("\n\n".join(told) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms and what they mean in two columns.

        Args:
            rows: the terms, each with its meaning.
            col_max: the most cells of a term that leaves its meaning on the same line.
            col_spacing: blanks between the columns.
        """
        rows = list(rows)
        start = min(max((width(term) for term, _ in rows), default=0), col_max) + col_spacing
        pad = " " * self.current_indent
        for term, meaning in rows:
            lines = wrap(meaning, max(self.width - start - len(pad), 10)) if meaning else []
            if lines and width(term) <= start - col_spacing:
                self.write(pad + term + " " * (start - width(term)) + lines.pop(0) + "\n")
            else:
                self.write(pad + term + "\n")
            for line in lines:
                self.write(pad + " " * start + line + "\n")
