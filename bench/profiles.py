"""Measure the chat models of the catalogue that are installed, for the profiles that are shipped.

    python bench/profiles.py [ID...]   # about a minute for a model of 1.5B on two quiet cores

Writes llm/chat/shipped_profiles.json: whoever loads one of these models need not measure it. To be
run again whenever what a probe asks, or a prompt that it shares with answers, has changed; a test
tells. Without an ID it measures every model that was tested by us and is on this machine.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from app.settings import Settings
from llm.chat import PROBE_CONTEXT, LlamaChat, probe, tasks_digest
from llm.models import find, installed, models, resolve

SHIPPED = Path(__file__).parent.parent / "llm" / "chat" / "shipped_profiles.json"


def main(ids: list[str]) -> None:
    """Measure these models, and keep what is known of the others with the same questions."""
    models_dir = Settings().models_dir
    there = [
        model.id
        for model in models()
        if model.kind == "chat" and model.tested and installed(model, models_dir)
    ]
    asked = tasks_digest()
    before = json.loads(SHIPPED.read_text("utf-8")) if SHIPPED.is_file() else {}
    profiles = {sha256: kept for sha256, kept in before.items() if kept["asked"] == asked}
    for id_ in ids or there:
        path = resolve(id_, "chat", models_dir)
        chat = LlamaChat.load(path, context=2 * PROBE_CONTEXT)
        began = time.monotonic()
        found = probe(chat, seconds=3600)
        took = time.monotonic() - began
        print(
            f"{id_}: {took:.0f} s, {chat.calls} questions, {chat.tokens_read} tokens read; "
            f"judges {found.judges}, cites {found.cites}, passages {found.passages}, "
            f"rewords {found.rewords}\n  {found.model_dump_json()}",
            flush=True,
        )
        chat.close()
        sha256 = next(f.sha256 for f in find(id_).files if f.name == path.name)
        profiles[str(sha256)] = {"asked": asked, "profile": found.model_dump(mode="json")}
        SHIPPED.write_text(json.dumps(profiles, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
