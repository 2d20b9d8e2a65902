"""What people filled in to files of the registry: a form's rows, matched with the targets, become the smallest edits."""
