"""``python -m target_registry`` is the same as ``targets``."""

from target_registry.cli.main import main

if __name__ == "__main__":
    main()
