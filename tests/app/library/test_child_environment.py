"""The processes that read documents see no key and no token."""

import pytest

from app.library.child_environment import child_environment


def test_what_programs_need_is_handed_on_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("KB_LLM_API_KEY", "KB_DATA_DIR", "HF_TOKEN", "OPENAI_API_KEY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("PATH", "/bin")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    found = child_environment()
    assert "secret" not in found.values()
    assert (found["PATH"], found["LC_ALL"]) == ("/bin", "C.UTF-8")
