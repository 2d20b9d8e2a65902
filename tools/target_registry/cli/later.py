"""A module of the standard library that is imported when somebody first asks it for something.

click imports ``inspect``, and with it the whole of Python's own grammar, which takes as long as all of click does
otherwise; what it wants of it are the help texts. ``pathlib`` imports ``urllib.parse``, and that ``ipaddress``, for
hosts of network addresses. ``uuid``, which asks what system this is, is to click the name of a type. ``importlib.util.LazyLoader`` does the same from Python 3.12 on: in 3.11 the mere
``import`` of such a module counts as a question.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing takes a while to import
if TYPE_CHECKING:
    from types import ModuleType
else:
    ModuleType = type(sys)


class _Later(ModuleType):
    """Stands for a module until the first of its attributes is asked for, and holds all of them from then on."""

    def __getattr__(self, name: str) -> object:
        if name == "__path__" or self.__dict__.get("__spec__") is not None:  # asked by imports; or it has no such thing
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        del sys.modules[self.__name__]
        module = __import__(self.__name__)
        self.__dict__.update(vars(module))
        sys.modules[self.__name__] = self
        return getattr(self, name)


def put_off(name: str) -> None:
    """Let a module be imported when it is first used, unless that has been done.

    Args:
        name: of one in the standard library, in no package.
    """
    if name not in sys.modules:
        sys.modules[name] = _Later(name)


class Named:
    """A class of a module that is put off, and that others only name as a type while they are imported in this context.

    Args:
        module: of the standard library, in no package.
        name: the class's; ``object`` stands for it.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __enter__(self) -> None:
        """Let it be named."""
        put_off(self._module)
        module = sys.modules[self._module]
        self._held = module.__dict__ if isinstance(module, _Later) else {}
        self._held.setdefault(self._name, object)

    def __exit__(self, *_: object) -> None:
        """From now on it is asked for."""
        if self._held.get(self._name) is object:
            del self._held[self._name]
