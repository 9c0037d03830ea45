"""What a machine has, how fast it reads its memory, and the model that suits it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from llm.machine import (
    LEAST_SPEED,
    Choice,
    Machine,
    choose,
    measure_bandwidth,
    this_machine,
    tokens_a_second,
)
from llm.models import FLOOR, Model, ModelFile, find, models

GIB = 1 << 30
LAPTOP = Machine("some processor", 8, 16 * GIB, 12 * GIB)


@pytest.fixture
def sized(make_model: Callable[..., Model]) -> Callable[..., Model]:
    """A chat model of so many GiB and of a grade; a context of 4,096 tokens takes half a GiB."""

    def make(id: str, gib: float, grade: int, **more: Any) -> Model:
        file = ModelFile(f"{id}.gguf", int(gib * GIB), "0" * 64)
        return make_model(file, id=id, grade=grade, context=32768, memory_gib=gib + 1.0, **more)

    return make


@pytest.fixture
def catalogue(sized: Callable[..., Model]) -> list[Model]:
    return [sized("small", 1, 1), sized("middle", 3, 2), sized("large", 6, 3), sized("named", 9, 0)]


def taken(catalogue: list[Model], machine: Machine = LAPTOP, **more: Any) -> Choice:
    usual: dict[str, Any] = {"context": 4096, "disk": None, "has": lambda _: True}
    speed = more.pop("gib_a_second", 100) * GIB
    return choose(catalogue, catalogue[0], machine, speed, **{**usual, **more})


def obstacles(choice: Choice) -> dict[str, str | None]:
    return {verdict.model.id: verdict.obstacle for verdict in choice.better}


def test_the_best_that_nothing_speaks_against_is_taken(catalogue: list[Model]) -> None:
    choice = taken(catalogue)
    assert (choice.taken.model.id, choice.better) == ("large", ())
    assert choice.taken.speed == pytest.approx(100 / 6)


def test_a_model_without_a_grade_is_never_taken(catalogue: list[Model]) -> None:
    assert taken(catalogue[::3]).taken.model.id == "small"


def test_one_that_would_write_too_slowly_is_passed_over(catalogue: list[Model]) -> None:
    choice = taken(catalogue, gib_a_second=3 * LEAST_SPEED)
    assert (choice.taken.model.id, obstacles(choice)) == ("middle", {"large": "speed"})
    choice = taken(catalogue, gib_a_second=3 * LEAST_SPEED - 0.1)
    assert choice.taken.model.id == "small"


def test_file_context_and_the_rest_have_to_fit_into_what_is_free(catalogue: list[Model]) -> None:
    enough = replace(LAPTOP, free=8 * GIB)  # 6 of the file, a half of context, one and a half more
    assert taken(catalogue, enough).taken.model.id == "large"
    choice = taken(catalogue, replace(LAPTOP, free=8 * GIB - 1))
    assert (choice.taken.model.id, obstacles(choice)) == ("middle", {"large": "memory"})
    assert choice.better[0].needed == 8 * GIB
    assert taken(catalogue, enough, context=8192).taken.model.id == "middle"


def test_where_nobody_tells_how_much_is_free_only_speed_counts(catalogue: list[Model]) -> None:
    assert taken(catalogue, Machine("some processor", 8)).taken.model.id == "large"


def test_the_floor_is_taken_however_small_and_slow_the_machine(catalogue: list[Model]) -> None:
    choice = taken(catalogue, replace(LAPTOP, free=0), gib_a_second=1)
    assert choice.taken.model.id == "small"
    assert choice.taken.obstacle is None


def test_sources_are_asked_of_the_best_first_and_of_none_that_does_not_fit(
    catalogue: list[Model],
) -> None:
    asked: list[str] = []

    def has(model: Model) -> bool:
        asked.append(model.id)
        return model.id == "middle"

    choice = taken(catalogue, has=has)
    assert (choice.taken.model.id, obstacles(choice)) == ("middle", {"large": "source"})
    assert asked == ["large", "middle"]
    asked.clear()
    assert taken(catalogue, gib_a_second=1, has=has).taken.model.id == "small"
    assert asked == []


def test_a_disk_that_is_too_full_is_no_place_for_it(catalogue: list[Model]) -> None:
    choice = taken(catalogue, disk=5 * GIB)
    assert (choice.taken.model.id, obstacles(choice)) == ("middle", {"large": "disk"})


def test_a_card_writes_what_the_processor_is_too_slow_for(catalogue: list[Model]) -> None:
    card = replace(LAPTOP, gpu="some card", gpu_free=7 * GIB)
    assert taken(catalogue, card, gib_a_second=1).taken.model.id == "large"
    small = replace(LAPTOP, gpu="some card", gpu_free=6 * GIB)
    assert taken(catalogue, small, gib_a_second=1).taken.model.id == "middle"


def test_of_a_mixture_of_experts_the_active_ones_are_read_but_all_take_memory(
    sized: Callable[..., Model],
) -> None:
    floor, mixture = sized("small", 1, 1), sized("mixture", 9, 2, active_bytes=GIB)
    assert taken([floor, mixture], gib_a_second=24).taken.model.id == "mixture"
    assert taken([floor, mixture], replace(LAPTOP, free=10 * GIB)).taken.model.id == "small"
    dense = tokens_a_second(sized("dense", 1, 1), 24.0 * GIB)
    scattered = tokens_a_second(mixture, 24.0 * GIB)
    assert scattered is not None
    assert dense is not None
    assert scattered < dense


def test_a_model_whose_files_nobody_can_check_is_not_taken(sized: Callable[..., Model]) -> None:
    floor = sized("small", 1, 1)
    unchecked = replace(sized("large", 3, 2), files=(ModelFile("large.gguf", 3 * GIB, None),))
    unsized = replace(sized("other", 3, 3), files=(ModelFile("other.gguf", None, "0" * 64),))
    choice = taken([floor, unchecked, unsized])
    assert (choice.taken.model.id, choice.better) == ("small", ())


def test_what_may_be_taken_unasked_is_free_bilingual_and_can_be_checked() -> None:
    graded = [model for model in models() if model.grade]
    assert len({model.grade for model in graded}) == len(graded)
    assert min(graded, key=lambda model: model.grade) == find(FLOOR)
    for model in graded:
        assert model.kind == "chat"
        assert model.licence in ("Apache-2.0", "MIT")
        assert {"zh", "en"} <= set(model.languages)
        assert all(file.sha256 and file.bytes for file in model.files)
        assert (model.bytes or 0) > (find(FLOOR).bytes or 0) or model.id == FLOOR


def test_this_machine_has_a_name_cores_and_memory() -> None:
    machine = this_machine(gpu=True)
    assert machine.cores >= 1
    assert machine.cpu in machine.name
    assert machine.memory is None or machine.free is None or 0 < machine.free <= machine.memory
    assert this_machine().name == machine.name


def test_a_little_memory_that_the_system_keeps_makes_no_other_machine() -> None:
    assert replace(LAPTOP, memory=16 * GIB - (100 << 20)).name == LAPTOP.name
    assert replace(LAPTOP, memory=8 * GIB).name != LAPTOP.name
    assert Machine("some processor", 8).name != LAPTOP.name


@pytest.mark.parametrize("threads", [1, 3])
def test_bandwidth_is_of_all_bytes_whatever_the_threads(threads: int) -> None:
    found = measure_bandwidth(threads, size=8 << 20)
    assert 1e8 < found.read < 1e13
    assert 1e8 < found.copied < 1e13


def test_weights_stay_in_the_pages_of_the_file_for_a_card_or_where_memory_is_short() -> None:
    assert not Machine("cpu", 2, free=3000).maps_weights(1000, on_card=False)
    assert not Machine("cpu", 2, free=None).maps_weights(1000, on_card=False)
    assert Machine("cpu", 2, free=1500).maps_weights(1000, on_card=False)
    assert Machine("cpu", 2, free=3000).maps_weights(1000, on_card=True)
