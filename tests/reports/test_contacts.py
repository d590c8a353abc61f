"""The list of contacts, and everything about one of them."""

from datetime import date

from conftest import Engage
from memory import transaction

from engage_cli.reports.contacts import contacts, every_contact
from engage_cli.reports.only import only
from engage_cli.reports.show import show

TODAY = date(2026, 11, 20)
KEYS = "handle name kind organisation role type customer_since every_days last_on due_on tags archived_on".split()


def test_an_item_has_the_keys_of_the_contract_and_what_holds_now(engage: Engage) -> None:
    engage.ok("type add shop --every 2w")
    engage.ok("contact add Acme --kind org --every 1m")
    engage.ok("contact add 'Ana Silva' --org Acme --role buyer --type shop --tag vip --tag 'a b'")
    items = {item["handle"]: item for item in engage.items("contacts")}
    assert list(items["ana"]) == KEYS
    ana = {"organisation": "Acme", "role": "buyer", "type": "shop", "customer_since": None, "tags": ["a b", "vip"]}
    assert items["ana"] | ana == items["ana"]
    assert (items["acme"]["every_days"], items["acme"]["due_on"]) == (30, "2026-12-20")


def test_a_past_membership_is_no_place_of_work(engage: Engage) -> None:
    engage.ok("contact add Acme --kind org")
    engage.ok("contact add Ana --org Acme --role buyer")
    engage.ok("contact left ana")
    [ana] = engage.items("contacts --who ana")
    assert ana["organisation"] == "Acme"  # the day of leaving still counts
    assert engage("contacts --who ana --json", now="2026-11-21T10:00:00").json["items"][0]["organisation"] is None


def test_who_is_archived_or_merged_is_not_in_the_list() -> None:
    tx = transaction()
    for handle, columns in (("ana", {}), ("ben", {"archived_on": "2026-11-01"}), ("cora", {"merged_into_id": 1})):
        tx.insert("contacts", kind="person", handle=handle, name=handle, **columns)
    assert [item.handle for item in contacts(tx.db, TODAY, 30).items] == ["ana"]
    assert [item.handle for item in every_contact(tx.db, TODAY, 30).items] == ["ana", "ben"]


def test_filters_are_joined_by_and() -> None:
    tx = transaction()
    shop = tx.insert("types", name="shop")
    acme = tx.insert("contacts", kind="organisation", handle="acme", name="Acme")
    for handle, type_id, tag, is_member in (
        ("ana", shop, "VIP", True),
        ("ben", shop, "vip", False),
        ("cora", None, "víp", True),
        ("dan", shop, "x", True),
    ):
        who = tx.insert("contacts", kind="person", handle=handle, name=handle, type_id=type_id)
        tx.insert("tags", contact_id=who, tag=tag)
        if is_member:
            tx.insert("memberships", contact_id=who, organisation_id=acme)

    def listed(**filters: int | str) -> list[str]:
        return [item.handle for item in contacts(tx.db, TODAY, 30, only(tx.db, **filters)).items]  # type: ignore[arg-type]

    assert listed(tag="vip") == ["ana", "ben", "cora"]
    assert listed(organisation_id=acme) == ["acme", "ana", "cora", "dan"]
    assert listed(type_id=shop, tag="vip", organisation_id=acme) == ["ana"]
    assert listed(tag="nobody") == []


def test_an_organisation_is_meant_with_its_members_of_today(engage: Engage) -> None:
    engage.ok("contact add Ana --org Acme")
    engage.ok("contact add Ben --org Acme")
    engage.ok("log ana hello --sorry 'late, Ana'", now="2026-11-18T12:00:00")
    engage.ok("log ben hello --sorry 'late, Ben'", now="2026-11-18T12:00:00")
    for option in ("--who", "--org"):
        assert {item["contact"] for item in engage.items(f"apologies {option} acme")} == {"ana", "ben"}
    engage.ok("contact left ana --on 2026-11-19")
    for option in ("--who", "--org"):
        assert [item["contact"] for item in engage.items(f"apologies {option} acme")] == ["ben"]
    assert "late, Ana" not in engage.ok("prep acme") and "late, Ben" in engage.ok("prep acme")
    assert engage("stats acme --json").json["items"][0]["value"] == 1
    assert engage("recap acme --json").json["to"] == "ben"


def test_show_gathers_everything_about_one_contact(engage: Engage) -> None:
    engage.ok(
        "log --new 'Ana Silva' hello --sorry late --promise 'the quote by friday' --expects 'price: low -> high'"
        " --matters 'her daughter' --feels 'good a nice day'"
    )
    engage.ok("log --new Ben hello --about ana --sorry 'not hers'")
    document = engage("show ana --json").json
    assert [section["report"] for section in document["sections"]][:5] == [
        *("apologies", "promises", "expectations", "insights", "conversations")
    ]
    sections = {section["report"]: section["items"] for section in document["sections"]}
    assert [item["id"] for item in sections["apologies"]] == ["a1"]
    assert [item["id"] for item in sections["conversations"]] == ["c2", "c1"]
    assert document["contact"]["handle"] == "ana"
    assert {"aliases", "emails", "phones", "birthday", "note", "snoozed_until", "archived_why"} <= set(
        document["contact"]
    )


def test_show_of_an_organisation_has_what_its_members_brought_up() -> None:
    tx = transaction()
    acme = tx.insert("contacts", kind="organisation", handle="acme", name="Acme")
    ana = tx.insert("contacts", kind="person", handle="ana", name="Ana")
    tx.insert("memberships", contact_id=ana, organisation_id=acme, role="buyer", until_on="2026-11-01")
    for who in (acme, ana):
        tx.insert("apologies", contact_id=who, words="late", owed_on="2026-10-01")
    brief = show(tx.db, TODAY, acme, 30)
    assert [item.contact for item in brief.sections[0].items] == ["acme", "ana"]
    assert "members: Ana (ana, buyer, until Sun 1 Nov 2026)" in brief.lines
    assert [item.contact for item in show(tx.db, TODAY, ana, 30).sections[0].items] == ["ana"]
