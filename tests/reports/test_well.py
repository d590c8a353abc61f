"""What went well within a period, the latest first."""

from datetime import date

from memory import transaction

from engage_cli.reports.well import well

SINCE, TODAY = date(2026, 11, 13), date(2026, 11, 20)


def test_it_gathers_what_was_kept_closed_felt_better_and_who_was_met() -> None:
    tx = transaction()
    ana, ben = (tx.insert("contacts", kind="person", handle=name, name=name.title()) for name in ("ana", "ben"))
    promised = {"contact_id": ana, "words": "w", "made_on": "2026-11-01"}
    tx.insert("promises", **promised, side="me", kept_on="2026-11-13")
    tx.insert("promises", **promised, side="them", kept_on="2026-11-14")
    tx.insert("promises", **promised, side="me", kept_on="2026-11-12")
    late = tx.insert("promises", **promised, side="me", kept_on="2026-11-14")
    tx.insert("due_dates", promise_id=late, due_on="2026-11-10", set_on="2026-11-01", asked_by="me")
    owed = {"contact_id": ana, "words": "w", "owed_on": "2026-11-01"}
    tx.insert("apologies", **owed, said_on="2026-11-02", fixed_on="2026-11-15")
    tx.insert("apologies", **owed, said_on="2026-11-15")
    tx.insert("apologies", **owed, said_on="2026-11-02", fixed_on="2026-11-15", dropped_on="2026-11-16")
    tx.insert("apologies", **owed, said_on="2026-11-02", fixed_on="2026-11-12")
    for level, day in ((2, "2026-11-01"), (4, "2026-11-16")):
        tx.insert("insights", contact_id=ana, kind="feels", level=level, words="", heard_on=day)
    tx.insert("introductions", contact_id=ben, introducer_id=ana, introduced_on="2026-11-17")
    assert [(item.what, item.id, item.contact, item.on) for item in well(tx.db, TODAY, SINCE).items] == [
        ("introduced", None, "ben", "2026-11-17"),
        ("feels good again", "i2", "ana", "2026-11-16"),
        ("put right", "a1", "ana", "2026-11-15"),
        ("kept by them", "p2", "ana", "2026-11-14"),
        ("kept in time", "p1", "ana", "2026-11-13"),
    ]
