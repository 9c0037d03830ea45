"""What the wheel takes along from beside the packages; all else about it is in pyproject.toml."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

# The settings of Streamlit, without which the app listens on every address of the machine and has
# no look of its own, and the documents that an empty library offers.
BESIDE = (".streamlit/config.toml", "data/samples")
PLACE = Path("app", "from_checkout")  # where app/checkout_files.py looks for them


class BuildWithBeside(build_py):
    """Copies the packages, and what lies beside them; a checkout that is edited needs no copy."""

    def run(self) -> None:
        """Copy them."""
        super().run()
        if self.editable_mode:
            return
        for name in BESIDE:
            there = Path(self.build_lib) / PLACE / name
            there.parent.mkdir(parents=True, exist_ok=True)
            if Path(name).is_dir():
                shutil.copytree(name, there, dirs_exist_ok=True)
            else:
                shutil.copyfile(name, there)


setup(cmdclass={"build_py": BuildWithBeside})
