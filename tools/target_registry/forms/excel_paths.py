"""Where an element of a workbook's part stands, told without looking through all that is open around it."""

from __future__ import annotations


class Path(list[str]):
    """The names of the elements that are open, those of other namespaces empty."""

    def __init__(self) -> None:
        super().__init__()
        self._foreign = self._extensions = 0

    def opens(self, name: str) -> None:
        """Take one more element."""
        self.append(name)
        if not name:
            self._foreign += 1
        elif name == "extLst":
            self._extensions += 1

    def closes(self) -> None:
        """Take the end of the last element."""
        name = self.pop()
        if not name:
            self._foreign -= 1
        elif name == "extLst":
            self._extensions -= 1

    @property
    def is_extension(self) -> bool:
        """Whether the last element stands in an extension, or is one."""
        return self._extensions > 0

    @property
    def is_foreign(self) -> bool:
        """Whether the last element stands in one that other programs may read otherwise, such as alternatives of content."""
        return self._foreign > 0 and not self._extensions
