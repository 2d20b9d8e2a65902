"""Whatever a stranger hands over: no command crashes, hangs, floods, leaks, or passes what it must refuse."""
