"""`engage prep`: finding who is meant; organisations; outputs that know only ASCII."""

from conftest import Engage, program


def test_who_may_be_several_words(engage: Engage) -> None:
    engage.ok("contact add 'Ana Silva'")
    for who in ("ana", "Ana Silva", "'Ana Silva'", "silva"):
        assert engage.ok(f"prep {who}").startswith("Ana Silva (ana)\n")


def test_nobody_and_several_are_refused(engage: Engage) -> None:
    engage.ok("contact add 'Ana Silva'")
    engage.ok("contact add 'Anke Silva'")
    assert engage("prep zoe").code == 3
    result = engage("prep silva")
    assert (result.code, "ana" in result.err, "anke" in result.err) == (4, True, True)


def test_of_an_organisation_its_members_are_gathered(engage: Engage) -> None:
    engage.ok("contact add ana --org Kite")
    engage.ok("log ana hello --matters 'the fair' --promise 'a map by friday'")
    text = engage.ok("prep kite")
    assert "the fair" in text
    assert "p1  a map" in text


def test_on_an_ascii_output_nothing_breaks_and_nothing_is_too_wide(engage: Engage) -> None:
    engage.ok(["log", "--new", "Ana", "hello " * 90, "--matters", "the fair"])
    for words in (["prep", "ana"], ["stats"], ["neglected"], ["review"]):
        result = program(words, env=_ascii())
        assert (result.returncode, result.stderr, result.stdout.isascii()) == (0, "", True)
        assert max(map(len, result.stdout.splitlines())) <= 80
    assert "~\n" in program(["prep", "ana"], env=_ascii()).stdout


def _ascii() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONIOENCODING": "ascii"}
