"""Names of a package that are loaded when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module


def late_names(package: str, files: Mapping[str, str]) -> Callable[[str], object]:
    """Return the `__getattr__` of a package's face (PEP 562): it loads the file of a name.

    `files` says in which file of the package each name is. A name may not be that of a file.
    """

    def get(name: str) -> object:
        if name not in files:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value = getattr(import_module(f"{package}.{files[name]}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return get
