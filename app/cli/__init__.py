"""The commands of `kb`; each one's docstring is its help."""

from app.cli.commands import cli, run

__all__ = ["cli", "run"]
