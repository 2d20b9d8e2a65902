"""Performance targets as code: read, check, weigh and table a registry of targets."""

__version__ = "0.1.0"
