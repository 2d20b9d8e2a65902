"""Properties that hold of any text: generated, not thought up."""
