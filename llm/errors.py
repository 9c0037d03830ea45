"""What can go wrong with a model, as one line for a person."""


class ModelError(Exception):
    """A model is missing, damaged or cannot be had; one line that says what to do.

    By the `reason` the pages have words of their own for it, in which the `values` stand; one that
    is an error, or a list of such, is put into words as well.
    """

    def __init__(self, message: str, reason: str = "", **values: object) -> None:
        super().__init__(message)
        self.reason = reason
        self.values = values
