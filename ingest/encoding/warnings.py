"""What a reader is told of how the bytes of a file were read."""


def lines_told(some: int, encoding: str, others: int, other: str) -> str:
    """The warning that lines were read in two encodings; it counts the fewer ones."""
    (fewer, first), (_, rest) = sorted(((some, encoding), (others, other)))
    verb = "was" if fewer == 1 else "were"
    return f"{counted(fewer, 'line')} {verb} read as {first}, the rest as {rest}"


def uncertain(encoding: str) -> str:
    """The warning that another encoding may be meant."""
    return (
        f"the encoding is not certain, read as {encoding}: save the file as UTF-8 if it looks wrong"
    )


def counted(count: int, what: str) -> str:
    """A number and what it counts."""
    return f"{count} {what}{'' if count == 1 else 's'}"
