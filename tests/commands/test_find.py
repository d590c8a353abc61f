"""`engage find`."""

from pathlib import Path

import pytest
from conftest import Engage
from furnished import furnish


@pytest.fixture(autouse=True)
def written(engage: Engage, journal: Path) -> Engage:
    return furnish(
        engage,
        journal,
        [
            "contact add 'Ána Šilva' --as ana --alias Kumpel --tag vip --note 'likes Éclairs'",
            "contact add Ben Okafor",
            "log ana 'Rechnung über 1500 Euro, 회의 会議' --sorry 'invoice late' --on 2026-11-02 --about ben",
            "log ben invoice sent --promise 'invoice again' --on 2026-11-10",
        ],
    )


FOUND = {
    "invoice": {"a1", "c2", "p1"}, "INVO": {"a1", "c2", "p1"}, "rech": {"c1"}, "uber": {"c1"}, "회": {"c1"},
    "議": {"c1"}, "1500": {"c1"}, "invoice late": {"a1"}, "late invoice": {"a1"}, "eclair": {"ana"}, "kump": {"ana"},
    "vip": {"ana"},
    "silva": {"ana"}, "oic": set(), "invoice nosuch": set(), '"': None, "invoice AND late": set(), "-late": None,
    "inv*": {"a1", "c2", "p1"}, "NEAR(a b)": set(), "col:late": set(), "-- -late": {"a1"},
}  # fmt: skip


@pytest.mark.parametrize("words", FOUND)
def test_what_is_found(engage: Engage, words: str) -> None:
    wanted = FOUND[words]
    result = engage(["find", "--json", *words.split()])
    if wanted is None:
        assert result.code == 2
    else:
        assert {item["id"] or item["contact"] for item in result.json["items"]} == wanted


def test_filters(engage: Engage) -> None:
    def ids(line: str) -> set[str]:
        return {item["id"] for item in engage.items(f"find {line}")}

    assert ids("invoice --who ana") == {"a1"} and ids("invoice --tag vip") == {"a1"}
    assert ids("invoice --since 2026-11-05") == {"c2", "p1"} and ids("invoice --until 2026-11-05") == {"a1"}
    assert ids("rechnung --who ben") == {"c1"}
    assert ids("invoice --since 2026-11-02 --until 2026-11-02") == {"a1"}


def test_the_latest_first_and_the_keys(engage: Engage) -> None:
    items = engage.items("find invoice")
    assert [item["on"] for item in items] == ["2026-11-10", "2026-11-10", "2026-11-02"]
    assert all(set(item) == {"kind", "id", "contact", "name", "on", "text"} for item in items)


def test_what_changed_is_found_as_it_is_now(engage: Engage) -> None:
    engage.ok("apology edit a1 bill late")
    assert [item["id"] for item in engage.items("find bill")] == ["a1"]
    engage.ok("undo")
    assert engage.items("find bill") == []


def test_nothing_found_is_a_sentence(engage: Engage) -> None:
    assert engage.ok("find nosuch thing") == 'Nothing in the journal says "nosuch thing".\n'
    assert engage.ok("find -10%") == 'Nothing in the journal says "-10%".\n'


@pytest.mark.parametrize("line", ["find x --since ''", "find x --until firday", "find x --since tomorrow"])
def test_days_that_cannot_be_read(engage: Engage, line: str) -> None:
    assert engage(line).code == 2


def test_at_most_so_many(engage: Engage) -> None:
    out = engage.ok("find invoice --most 2")
    assert 'Found for "invoice" (2)' in out
    assert "These are the latest 2 of 3; for more, add --most N." in out
    document = engage("find invoice --most 2 --json").json
    assert ([item["id"] for item in document["items"]], document["found"]) == (["c2", "p1"], 3)
    assert engage("find invoice --most 0").code == 2
