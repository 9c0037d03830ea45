"""What lies beside the packages: in a checkout, or as the wheel took it along."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Return the folder of the checkout that this program runs from; None where it is installed."""
    root = _HERE.parent
    return root if (root / "pyproject.toml").is_file() else None


def beside() -> Path:
    """Return the folder that has `.streamlit` and `data/samples`; setup.py copies them."""
    return checkout() or _HERE / "from_checkout"
