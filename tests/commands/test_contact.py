"""`engage contact`: who they are, how often to talk, and what becomes of them."""

import pytest
from conftest import Engage

KEYS = {
    *("handle", "name", "kind", "organisation", "role", "type", "customer_since", "every_days", "last_on", "due_on"),
    *("tags", "archived_on"),
}


def contact(engage: Engage, handle: str, now: str | None = None) -> dict[str, object]:
    items = engage("contacts --all --json", now=now).json["items"]
    return next(item for item in items if item["handle"] == handle)


HANDLES = {
    "Ana Silva": "ana", "Ána Šilva": "ana", "X": "x", "X7": "contact-x7", "최유림": "contact-1", "7 Dwarfs": "dwarfs",
    "O'Neill, Jo": "o", "李 Li": "li", "Æther": "aether", "Straße": "strasse",
}  # fmt: skip


@pytest.mark.parametrize("name", HANDLES)
def test_the_handle_that_a_name_gets(engage: Engage, name: str) -> None:
    assert engage(["contact", "add", name, "--json"]).json["contact"]["handle"] == HANDLES[name]


def test_the_second_of_a_name_gets_a_longer_handle(engage: Engage) -> None:
    handles = [
        engage(f"contact add {name} --json").json["contact"]["handle"]
        for name in ("Ana Silva", "Ana Souza", "Ana Silva", "Ana")
    ]
    assert handles == ["ana", "ana-souza", "ana-silva", "ana-2"]
    assert "There is another Ana Silva already: ana, ana-silva." in engage.ok("contact add Ana Silva")


def test_adding_with_everything(engage: Engage) -> None:
    engage.ok("type add agency")
    engage.ok("contact add Ben Okafor")
    options = "--as asilva --alias Ani --email a@b.example --phone 123 --org Brightside --role owner --type agency"
    options += " --tag a --tag b --every 2w --birthday 1980-02-29 --note hi --met-through ben --json"
    reply = engage(f"contact add Ana Silva {options}").json
    assert set(reply) == {"format", "action", "contact"} and set(reply["contact"]) == KEYS
    assert reply["contact"] == {
        **{"handle": "asilva", "name": "Ana Silva", "kind": "person", "organisation": "Brightside", "role": "owner"},
        **{"type": "agency", "customer_since": "2026-11-20", "every_days": 14, "last_on": None, "due_on": "2026-12-04"},
        **{"tags": ["a", "b"], "archived_on": None},
    }
    shown = engage("show asilva --json").json["contact"]
    assert (shown["aliases"], shown["emails"], shown["phones"], shown["birthday"]) == (
        ["Ani"],
        ["a@b.example"],
        ["123"],
        "1980-02-29",
    )
    assert "met through: Ben Okafor (ben)" in engage.ok("show asilva")


def test_customers_and_plain_contacts(engage: Engage) -> None:
    engage.ok("contact add Ana --org Brightside")
    assert contact(engage, "ana")["customer_since"] == "2026-11-20"
    assert contact(engage, "brightside")["customer_since"] is None
    engage.ok("contact edit brightside --every 1m")
    assert contact(engage, "brightside")["customer_since"] == "2026-11-20"
    engage.ok("contact add Ben --org Brightside")
    assert contact(engage, "ben")["customer_since"] is None
    engage.ok("contact edit ben --every 2w")
    assert contact(engage, "ben")["customer_since"] == "2026-11-20"
    engage.ok("contact edit ben --every never")
    assert contact(engage, "ben")["customer_since"] is None and contact(engage, "ben")["every_days"] == 0
    engage.ok("contact add Carla --every never")
    assert contact(engage, "carla")["customer_since"] is None


def test_the_cadence_is_the_contacts_then_the_types_then_the_organisations(engage: Engage) -> None:
    engage.ok("type add agency --every 2w")
    engage.ok("contact add Brightside --kind org --every 7w")
    engage.ok("contact add Ana")
    assert contact(engage, "ana")["every_days"] == 30
    engage.ok("contact edit ana --org Brightside")
    assert contact(engage, "ana")["every_days"] == 49
    engage.ok("contact edit ana --type agency")
    assert contact(engage, "ana")["every_days"] == 14
    engage.ok("contact edit ana --every 3d")
    assert contact(engage, "ana")["every_days"] == 3
    engage.ok("undo")
    engage.ok("type edit agency --every 1y")
    assert contact(engage, "ana")["every_days"] == 365


def test_the_default_cadence_can_be_configured(engage: Engage) -> None:
    from engage_cli import settings

    path = settings.config_file()
    path.parent.mkdir(parents=True)
    path.write_text('default_cadence = "5w"\n', encoding="utf-8")
    engage.ok("contact add Ana")
    assert contact(engage, "ana")["every_days"] == 35 and contact(engage, "ana")["due_on"] == "2026-12-25"


def test_the_due_day(engage: Engage) -> None:
    engage.ok("contact add Ana --every 10d")
    assert contact(engage, "ana")["due_on"] == "2026-11-30"
    engage.ok("log ana x --on 2026-11-18")
    assert contact(engage, "ana")["due_on"] == "2026-11-28"
    engage.ok("log ana x --next 2026-12-20")
    assert contact(engage, "ana")["due_on"] == "2026-12-20"
    engage.ok("contact snooze ana 2026-12-24")
    assert contact(engage, "ana")["due_on"] == "2026-12-24"
    engage.ok("log ana x", now="2026-12-22T12:00:00")
    assert contact(engage, "ana", now="2026-12-22T12:00:00")["due_on"] == "2027-01-01"


def test_snoozing(engage: Engage) -> None:
    engage.ok("contact add Ana")
    assert engage.ok("contact snooze ana in 6 weeks").splitlines()[0] == (
        "Ana is put off until Fri 1 Jan 2027; next: Fri 1 Jan 2027."
    )
    assert engage.items("neglected") == []
    engage.ok("contact add Ben --every never")
    assert "no day is due for a plain contact" in engage.ok("contact snooze ben 2w")
    assert engage("contact snooze ana today").code == 2


def test_archiving(engage: Engage) -> None:
    engage.ok("contact add Ana Silva --every 1d", now="2026-10-01T12:00:00")
    engage.ok("log ana x --sorry late --promise 'a quote'", now="2026-10-01T12:00:00")
    assert len(engage.items("neglected")) == 1
    out = engage.ok("contact archive ana moved to -- Lisbon")
    assert out.splitlines() == [
        "Ana Silva (ana) is archived.",
        "a1    is still open: late",
        "p1    is still open: a quote",
        "Take it back: engage undo",
    ]
    assert engage.items("neglected") == [] and engage.items("contacts") == []
    assert len(engage.items("contacts --all")) == 1 and len(engage.items("find late")) == 1
    assert "archived: Fri 20 Nov 2026 moved to Lisbon" in engage.ok("show ana")
    assert engage("show an").code == 3 and engage("show silva").code == 3 and engage("show 'ana silva'").code == 0
    assert engage("contact archive ana").code == 1
    assert "Ana Silva (ana) is back." in engage.ok("contact unarchive ana")
    assert len(engage.items("neglected")) == 1 and engage("show an").code == 0


def test_an_archived_contact_is_out_of_the_review(engage: Engage) -> None:
    engage.ok("contact add Ana --every 1d", now="2026-10-01T12:00:00")
    engage.ok("contact archive ana")
    assert "Ana" not in engage.ok("review")


def test_leaving(engage: Engage) -> None:
    engage.ok("contact add Brightside --kind org --every 1m")
    engage.ok("contact add Ana --org Brightside --role owner")
    engage.ok("contact edit ana --org Kite")
    engage.ok("log ana x --on 2026-11-10")
    assert (
        engage.ok("contact left ana brightside --on 2026-11-12").splitlines()[0]
        == "Ana left Brightside on Thu 12 Nov 2026."
    )
    engage.ok("log ana y")
    assert contact(engage, "ana")["organisation"] == "Kite"
    assert contact(engage, "brightside")["last_on"] == "2026-11-10"
    assert engage("contact left ana brightside").code == 1
    engage.ok("contact left ana")
    assert contact(engage, "ana", now="2026-11-21T12:00:00")["organisation"] is None


def test_a_conversation_with_a_member_counts_for_the_organisation(engage: Engage) -> None:
    engage.ok("contact add Brightside --kind org --every 1m")
    engage.ok("contact add Ana --org Brightside")
    engage.ok("log ana x --on 2026-11-10")
    assert contact(engage, "brightside")["last_on"] == "2026-11-10"
    engage.ok("log brightside x")
    assert contact(engage, "ana")["last_on"] == "2026-11-10"


def everything(engage: Engage) -> list[object]:
    reports = ["contacts --all", "apologies --all", "promises --all", "expectations --all", "find silva", "find note"]
    return [engage.items(line) for line in reports] + [engage("show ana --json").json, engage("show ben --json").json]


def test_merging_moves_everything_and_one_undo_restores_it(engage: Engage) -> None:
    engage.ok("contact add Ana Silva --alias Ani --email a@x.example --phone 1234 --tag one --org Kite --note 'a note'")
    engage.ok("contact add Ben Okafor --tag two --every 2w --birthday --02-29 --note 'my note'")
    engage.ok(
        "log ana one --sorry late --promise 'a by friday' --expects 'price: low' --matters x --needs y --about ben"
    )
    engage.ok("log ben two --with ana --on 2026-11-02")
    before = everything(engage)
    assert "Ana Silva (ana) is now Ben Okafor (ben)" in engage.ok("contact merge ana --into ben")
    assert [item["handle"] for item in engage.items("contacts")] == ["ben", "kite"]
    one = engage("show ben --json").json
    assert one["contact"]["aliases"] == ["Ani", "Ana Silva"] and one["contact"]["tags"] == ["one", "two"]
    assert one["contact"]["note"] == "my note\n\na note" and one["contact"]["organisation"] == "Kite"
    assert one["contact"]["birthday"] == "--02-29" and one["contact"]["every_days"] == 14
    sections = {section["report"]: section["items"] for section in one["sections"]}
    assert {len(sections[name]) for name in ("apologies", "promises", "expectations", "insights")} == {1}
    assert [[one["contact"] for one in talk["with"]] for talk in sections["conversations"]] == [["ben"], ["ben"]]
    assert "call with Ben Okafor (ben)" in engage.ok("log ana hello") and "ben" in engage.ok("log Ani hello")
    engage.ok("undo --steps 3")
    assert everything(engage) == before


def test_a_person_is_not_merged_into_an_organisation(engage: Engage) -> None:
    engage.ok("contact add Ana --org Kite")
    result = engage("contact merge ana --into kite")
    assert result.code == 1 and "they cannot be one" in result.err


def test_editing(engage: Engage) -> None:
    engage.ok("contact add Ana Silva --alias Ani --email a@x.example --phone '12 34' --tag one --org Kite")
    engage.ok(
        "contact edit ana --name 'Ana Souza' --as souza --role boss --drop-alias ani --drop-email A@X.example"
        " --drop-phone '12 34' --untag ONE --tag two"
    )
    shown = engage("show souza --json").json["contact"]
    assert (shown["name"], shown["role"], shown["aliases"], shown["emails"], shown["phones"], shown["tags"]) == (
        *("Ana Souza", "boss", [], [], []),
        ["two"],
    )
    assert engage("show ana").code == 0 and engage("show silva").code == 3
    assert engage.ok("contact edit souza --tag two").endswith("Nothing was changed.\n")
    engage.ok("undo")
    assert engage("show ana --json").json["contact"]["aliases"] == ["Ani"]


def test_kinds(engage: Engage) -> None:
    engage.ok("contact add Ana --org Kite")
    assert "has memberships" in engage("contact edit ana --kind org").err
    engage.ok("contact add Fern")
    assert "Fern (fern) is a person" in engage("contact edit ana --org fern").err
    engage.ok("contact edit fern --kind org")
    engage.ok("contact edit ana --org fern")
    assert "only a person can belong to one" in engage("contact edit kite --org fern").err


BIRTHDAYS = {
    "1980-02-29": "1980-02-29",
    "--02-29": "--02-29",
    "--0229": "--02-29",
    "29 feb 1980": "1980-02-29",
    "24.12.": "--12-24",
}


@pytest.mark.parametrize("typed", BIRTHDAYS)
def test_birthdays(engage: Engage, typed: str) -> None:
    engage.ok(["contact", "add", "Ana", f"--birthday={typed}"])
    assert engage("show ana --json").json["contact"]["birthday"] == BIRTHDAYS[typed]


def test_a_failure_leaves_nothing_behind(engage: Engage) -> None:
    for line in (
        "--type nosuch",
        "--met-through nobody",
        "--org Kite --role x --kind org",
        "--birthday x",
        "--every x",
    ):
        assert engage(f"contact add Ana {line}").code in (1, 2, 3), line
        assert engage.items("contacts --all") == []


def test_the_keys_of_the_list(engage: Engage) -> None:
    engage.ok("contact add Ana --org Kite")
    assert all(set(item) == KEYS for item in engage.items("contacts"))
    assert engage.ok("contacts --format ids") == "ana\nkite\n"
    assert engage.ok("contacts --format csv").splitlines()[1].startswith("ana,Ana,person,Kite,,,2026-11-20,30,")
    shown = engage("show ana --json").json
    assert set(shown) == {"format", "report", "as_of", "contact", "sections"}
    assert set(shown["contact"]) >= KEYS | {
        "aliases",
        "emails",
        "phones",
        "birthday",
        "note",
        "snoozed_until",
        "archived_why",
    }


def test_archiving_lists_all_that_is_still_open(engage: Engage) -> None:
    engage.ok("log --new Ana x --conflict 'who pays' --needs 'a map' --steer 'write less' --expects 'price: low'")
    assert engage.ok("contact archive ana").splitlines()[1:-1] == [
        "x1    is still open: who pays",
        "n1    is still open: a map",
        "s1    is still open: write less",
        "e1    is still open: price: low",
    ]


def test_logging_with_an_archived_contact_says_how_to_bring_them_back(engage: Engage) -> None:
    engage.ok("contact add Bob")
    engage.ok("contact archive bob")
    out = engage.ok("log bob x")
    assert "Bob is archived; to bring them back: engage contact unarchive bob" in out and "next:" not in out


def test_an_empty_text_takes_it_away(engage: Engage) -> None:
    engage.ok("contact add Ana --org Kite --role owner --note tall --birthday 1980-02-29")
    engage.ok(["contact", "edit", "ana", "--role", "", "--note", "", "--birthday", ""])
    shown = engage("show ana --json").json["contact"]
    assert (shown["role"], shown["note"], shown["birthday"]) == (None, None, None)


def test_leaving_and_joining_again_on_one_day(engage: Engage) -> None:
    engage.ok("contact add Ana --org Kite")
    engage.ok("contact left ana")
    again = engage("contact left ana")
    assert again.code == 1 and "does not belong to any organisation" in again.err
    engage.ok("contact edit ana --org Kite")
    assert contact(engage, "ana", now="2026-11-21T12:00:00")["organisation"] == "Kite"
