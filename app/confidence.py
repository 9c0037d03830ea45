"""How sure text recognition was, as people read it."""


def percent(confidence: float) -> int:
    """Return a share, 0 to 1, in percent; only what is certain is 100."""
    share = min(max(confidence, 0.0), 1.0)  # a ledger from elsewhere may hold any number
    return 100 if share == 1.0 else min(int(share * 100 + 0.5), 99)
