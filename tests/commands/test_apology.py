"""`engage apology`: from owed to put right."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish

KEYS = {
    "id",
    "contact",
    "name",
    "words",
    "cause",
    "impact",
    "remedy",
    "owed_on",
    "said_on",
    "fixed_on",
    "days_owed",
    "next",
}


@pytest.fixture(autouse=True)
def owed(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        [
            "contact add Ana Silva",
            "contact add Ben Okafor",
            "log ana late --sorry 'the invoice was late' --sorry 'and wrong' --on 2026-11-10",
        ],
    )


def apology(engage: Engage, number: str = "a1") -> dict[str, object]:
    return next(item for item in engage.items("apologies --all") if item["id"] == number)


def test_its_life(engage: Engage) -> None:
    assert [item["next"] for item in engage.items("apologies")] == ["say", "say"]
    assert engage.ok("apology said a1 rang her --impact 'she had to ring the bank'").splitlines() == [
        "a1    said on Fri 20 Nov 2026: the invoice was late (Ana Silva); next: fix it",
        "      rang her",
        "Take it back: engage undo",
    ]
    assert apology(engage)["next"] == "fix" and apology(engage)["impact"] == "she had to ring the bank"
    assert "next:" not in engage.ok(
        "apology fixed 1 sent a new one --on yesterday --remedy 'a discount' --prevent 'a check'"
    )
    one = apology(engage)
    assert (one["said_on"], one["fixed_on"], one["next"], one["remedy"]) == (
        "2026-11-20",
        "2026-11-19",
        None,
        "a discount",
    )
    assert one["days_owed"] == 10
    assert [item["id"] for item in engage.items("apologies")] == ["a2"]
    engage.ok("apology confirmed a1 she said thanks")
    assert engage("apology confirmed a1").code == 1
    assert "rang her" in engage.ok("find rang") and "thanks" in engage.ok("find thanks")


def test_fixed_before_said_is_still_owed(engage: Engage) -> None:
    engage.ok("apology fixed a1")
    assert apology(engage)["next"] == "say" and len(engage.items("apologies")) == 2


def test_several_at_once_are_one_action(engage: Engage) -> None:
    assert engage.ok("apology said a1 2 a2").count("said on") == 2
    engage.ok("undo")
    assert [item["next"] for item in engage.items("apologies")] == ["say", "say"]


def test_several_of_which_one_is_wrong_change_nothing(engage: Engage) -> None:
    for line, code in (("apology said a1 a9", 3), ("apology said a1 p2", 2)):
        assert engage(line).code == code
        assert apology(engage)["said_on"] is None


def test_a_number_among_the_words_is_a_word(engage: Engage) -> None:
    engage.ok("apology fixed a1 2 invoices and a refund")
    assert apology(engage, "a2")["fixed_on"] is None
    assert "2 invoices and a refund" in engage.ok("find refund")


def test_dropping_needs_a_reason(engage: Engage) -> None:
    assert engage("apology dropped a1").code == 1
    engage.ok("apology dropped a1 it was not us after all")
    assert apology(engage)["next"] is None and len(engage.items("apologies")) == 1
    result = engage("apology said a1")
    assert result.code == 1 and "a1 was dropped on Fri 20 Nov 2026" in result.err


def test_editing(engage: Engage) -> None:
    engage.ok("apology edit a1 the bill was late --cause 'a cold' --on 2026-11-08 --who ben")
    one = apology(engage)
    assert (one["words"], one["cause"], one["owed_on"], one["contact"]) == (
        "the bill was late",
        "a cold",
        "2026-11-08",
        "ben",
    )
    engage.ok("apology edit a1 a2 --who ana")
    assert {item["contact"] for item in engage.items("apologies")} == {"ana"}
    assert engage("apology edit a1 a2 new words").code == 2
    engage.ok("undo --steps 2")
    assert apology(engage)["words"] == "the invoice was late"


def test_deleting(engage: Engage) -> None:
    assert engage("apology delete a1 a9").code == 3
    assert engage.ok("apology delete a1 a2").count("deleted: ") == 2
    assert engage.items("apologies --all") == []
    engage.ok("undo")
    assert len(engage.items("apologies")) == 2
    engage.ok("apology delete a2")
    engage.ok("log ana x --sorry again")
    assert [item["id"] for item in engage.items("apologies")] == ["a1", "a3"]


def test_the_json_of_a_change(engage: Engage) -> None:
    reply = engage("apology said a1 a2 --json").json
    assert set(reply) == {"format", "action", "items"} and reply["action"] == "h4"
    assert all(set(item) == {"kind"} | KEYS for item in reply["items"])


def test_the_json_of_the_report(engage: Engage) -> None:
    report = engage("apologies --json").json
    assert set(report) == {"format", "report", "as_of", "items"}
    assert (report["format"], report["report"], report["as_of"]) == (1, "apologies", "2026-11-20")
    assert all(set(item) == KEYS for item in report["items"])
    assert report["items"][0]["days_owed"] == 10


def test_the_other_formats(engage: Engage) -> None:
    assert engage.ok("apologies --format ids") == "a1\na2\n"
    header, first, _ = engage.ok("apologies --format csv").splitlines()
    assert set(header.split(",")) == KEYS and first.startswith("a1,ana,Ana Silva,the invoice was late,,")
    assert engage.ok("apologies --format markdown").splitlines()[:5] == [
        "## Apologies owed",
        "",
        "| number | who | what went wrong | owed for | next | how it went |",
        "| --- | --- | --- | --- | --- | --- |",
        "| a1 | Ana Silva | the invoice was late | 10 days | say |  |",
    ]


def test_filters(engage: Engage) -> None:
    engage.ok("log ben x --sorry 'to ben'")
    engage.ok("contact edit ben --tag vip --org Kite")
    for line in ("--who ben", "--tag VIP", "--org kite"):
        assert [item["words"] for item in engage.items(f"apologies {line}")] == ["to ben"]
    assert engage.ok("apologies --tag nosuch") == "Nothing fits what was asked for.\n"
    assert engage.items("apologies --who ana --tag vip") == []


def test_nothing_owed_is_said_kindly(engage: Engage) -> None:
    engage.ok("undo")
    assert engage.ok("apologies") == "No apology is owed.\n"


def test_an_empty_detail_takes_it_away(engage: Engage) -> None:
    engage.ok("apology edit a1 --cause flu --impact 'a late start' --remedy 'a discount' --prevent 'a list'")
    engage.ok(["apology", "edit", "a1", "--cause", "", "--impact", " ", "--remedy", "", "--prevent", ""])
    assert [apology(engage)[detail] for detail in ("cause", "impact", "remedy")] == [None] * 3
    engage.ok(["apology", "said", "a2", "--cause", ""])
    assert apology(engage, "a2")["cause"] is None


def test_a_day_before_it_was_owed_is_refused(engage: Engage) -> None:
    result = engage("apology said a1 --on 2025-01-01")
    assert result.code == 2 and "a1 is of Tue 10 Nov 2026" in result.err
    assert engage("log ana called --said a1 --on 2026-11-09").code == 2
