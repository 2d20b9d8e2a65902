"""What runs where nobody watches: the workflows, the action, the hooks, and what the forges are told."""
