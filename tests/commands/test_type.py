"""`engage type`."""

from conftest import Engage


def types(engage: Engage) -> list[dict[str, object]]:
    return engage.items("type list")


def test_adding_and_listing(engage: Engage) -> None:
    assert engage.ok("type list") == "There is no type yet: engage type add NAME\n"
    out = engage.ok("type add agency --about 'small ones' --needs dates --expects 'two weeks' --every 1m")
    assert out.splitlines()[0] == "Type agency: small ones; talk every month; needs dates; expects two weeks"
    engage.ok("contact add Ana --type Agency")
    assert types(engage) == [
        {
            "name": "agency",
            "about": "small ones",
            "needs": "dates",
            "expects": "two weeks",
            "every_days": 30,
            "contacts": 1,
        }
    ]


def test_no_two_of_one_name(engage: Engage) -> None:
    engage.ok("type add agency")
    engage.ok("type add shop")
    assert engage("type add AGENCY").code == 1
    result = engage("type edit shop --name Agency")
    assert result.code == 1 and 'There is another type "Agency"' in result.err
    engage.ok("type edit shop --name Shop")
    assert [one["name"] for one in types(engage)] == ["Shop", "agency"]


def test_editing(engage: Engage) -> None:
    engage.ok("type add agency")
    engage.ok("type edit agency --every 2w --about x")
    assert (types(engage)[0]["every_days"], types(engage)[0]["about"]) == (14, "x")
    assert engage("type edit agency").code == 2
    assert engage("type edit agency --every ''").code == 2
    engage.ok("undo")
    assert types(engage)[0]["every_days"] is None


def test_a_type_that_is_nearly_there(engage: Engage) -> None:
    engage.ok("type add agency")
    result = engage("contact add Ana --type agencie")
    assert result.code == 3 and 'Did you mean "agency"?' in result.err
