"""The main points of a document's parts, and fewer points made of many."""

from __future__ import annotations

from collections.abc import Iterator

from llm.answer import ReadingPart
from llm.chat import CountedChat
from llm.prompts import NOTE_COUNT, Prompts
from llm.summary.parts import DocumentPart
from llm.summary.verify import Proof, Sources

_TOKENS = 160  # of the points of one part: three sentences, in either language
_SHARE = 5  # at least so many of them must fit where one part does

Notes = list[list[Proof]]  # the proven sentences about each part


def main_points(
    part: DocumentPart, n: int, total: int, prompts: Prompts, room: int, writer: CountedChat
) -> list[Proof]:
    """Return the points of a part, the n-th of `total`, that it bears out."""
    written = writer.write(prompts.part(part.text, n, total), _most(room))
    return Sources(part.chunks).prove(written)


def condense(
    notes: Notes, prompts: Prompts, room: int, writer: CountedChat, sources: Sources
) -> Iterator[ReadingPart]:
    """Make fewer of the `notes`, until all of them fit into `room` tokens."""
    notes[:] = [note for note in notes if note]
    while len(groups := _groups(notes, room, writer)) > 1 and not writer.stopped:
        if len(groups) > len(notes) // 2:  # too long to be joined, which no usual note is
            notes[:] = notes[::2]
            continue
        fewer = []
        for n, group in enumerate(groups, 1):
            yield ReadingPart(n, len(groups), joining=True)
            prompt = prompts.notes(point_texts(group), NOTE_COUNT[prompts.lang])
            found = sources.prove(writer.write(prompt, _most(room)))
            fewer.append(found or group[0])
        notes[:] = fewer


def point_texts(notes: Notes) -> list[str]:
    """Return each note as one text."""
    return [" ".join(proof.sentence for proof in note) for note in notes]


def _most(room: int) -> int:
    return min(_TOKENS, room // _SHARE)


def _groups(notes: Notes, room: int, writer: CountedChat) -> list[Notes]:
    """Return neighbouring notes in as few groups as fit, of nearly the same length."""
    sizes = [writer.count(f"- {text}\n") for text in point_texts(notes)]
    goal = sum(sizes) / max(1, -(-sum(sizes) // room))
    groups: list[Notes] = []
    size = 0.0
    for note, tokens in zip(notes, sizes, strict=True):
        if not groups or size + tokens > room or size + tokens / 2 > goal:
            groups.append([])
            size = 0.0
        groups[-1].append(note)
        size += tokens
    return groups
