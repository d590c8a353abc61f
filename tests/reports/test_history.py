"""What was done: the actions of one contact, and those that bare undos would take back."""

import pytest
from conftest import Engage


def _commands(engage: Engage, line: str) -> list[str]:
    return [item["command"] for item in engage.items(line)]


def test_the_history_of_a_contact_names_every_action_that_touched_it(engage: Engage) -> None:
    engage.ok("log --new ana hello --promise 'the quote by friday'")
    engage.ok("log --new ben hello")
    for line in (
        "promise moved p1 2026-12-01",
        "promise kept p1",
        "conversation edit c1 --note better",
        "contact edit ana --tag vip",
        "contact snooze ana 2w",
    ):
        engage.ok(line)
    engage.ok("undo")
    done = ["undo", "contact snooze", "contact edit", "conversation edit", "promise kept", "promise moved", "log"]
    assert _commands(engage, "history ana") == done
    assert _commands(engage, "history ben") == ["log"]


def test_a_deleted_conversation_stays_in_the_history(engage: Engage) -> None:
    engage.ok("log --new ana hello")
    engage.ok("log ana again")
    engage.ok("conversation delete c2")
    assert _commands(engage, "history ana") == ["conversation delete", "log", "log"]


@pytest.mark.parametrize("undone", [[], ["undo"], ["undo", "undo"], ["undo h1"], ["undo h2"], ["undo h1", "undo"]])
def test_the_list_is_what_bare_undos_take_back_in_that_order(engage: Engage, undone: list[str]) -> None:
    for name in ("ana", "ben", "cora"):
        engage.ok(f"log --new {name} hello")
    for line in undone:
        engage.ok(line)
    listed = [item["id"] for item in engage.items("undo --list")]
    taken = []
    while (answer := engage("undo --json")).code == 0:
        taken.append(answer.json["items"][0]["undone"])
    assert taken == listed


def test_who_introduced_somebody_was_touched_by_it(engage: Engage) -> None:
    for name in ("mia", "tim"):
        engage.ok(f"contact add {name}")
    for line in ("intro add mia tim", "intro thanked mia", "undo", "undo"):
        engage.ok(line)
    assert _commands(engage, "history mia") == ["undo", "undo", "intro thanked", "intro add", "contact add"]


def test_who_joins_and_leaves_is_in_the_history_of_the_organisation(engage: Engage) -> None:
    engage.ok("contact add Brightside --kind org")
    engage.ok("contact add Ana --org brightside")
    engage.ok("contact left ana", now="2026-11-21T12:00:00")
    assert _commands(engage, "history brightside") == ["contact left", "contact add", "contact add"]
