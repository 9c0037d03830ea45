"""What can go wrong with a model, as one line for a person."""


class ModelError(Exception):
    """A model is missing, damaged or cannot be had; one line that says what to do."""
