"""The YAML parser that rooms share, and the words in which more than one of them tells a fault of it."""

from __future__ import annotations

from typing import Any

import yaml

from target_registry.model import Message

PARSER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""libyaml's where PyYAML was built with it: it gives the same events and tokens, sooner."""

SECOND_KEY = (
    Message("a second “key: value” starts in the same line"),
    Message("put a value that holds a colon and a space in quotes"),
)
"""A fault and its cure."""
