"""The command line: flags, colour, exit codes, and one file a command."""
