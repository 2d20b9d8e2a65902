"""How much a stranger may send, in one place; docs/security.md lists the same figures."""

TARGET_BYTES = 64 * 1024
PLAN_BYTES = 256 * 1024
ADJUSTMENT_BYTES = 256 * 1024
DEPTH = 12
"""Levels of nesting in one YAML file."""
EVENTS = 20_000
"""YAML events in one file: a plan of 200 key works needs some 1,500."""
FLOW_BRACKETS = 2_000
"""Brackets and braces in one file, counted before the parser sees them."""
DIGITS = 15
"""Digits of a number: what every reader, also one with binary floats, keeps exactly."""
SHOWN = 80
"""Characters of a stranger's value that a message quotes."""
FINDINGS_A_FILE = 50
"""Findings reported for one file before the rest are only counted."""
FORM_BYTES = 5 * 2**20
"""A filled-in form, as it is packed."""
