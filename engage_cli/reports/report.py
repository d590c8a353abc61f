"""What a report is: a value that whoever shows it need not know the origin of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

# Marks a field of an item that is drawn and is no key of the JSON.
DRAWN = {"is_drawn_only": True}


@dataclass(frozen=True)
class Column:
    """One column of a report as people read it: its heading, and how an item looks in it.

    `mark` may name what the cell means (overdue, soon, done); it is drawn as a colour. `wraps` says that
    this is the cell to give way where the screen is too narrow for all, `is_spoken` that the heading is
    said with the cell where there is no row of headings, `is_roomy` that a digest has no room for it.
    """

    heading: str
    text: Callable[[Any], str]
    mark: Callable[[Any], str] | None = None
    wraps: bool = False
    is_spoken: bool = False
    is_roomy: bool = False

    def spoken(self, item: Any) -> str:
        """Say the cell as it stands without headings: overdue by 3 days."""
        text = self.text(item)
        return f"{self.heading} {text}" if self.is_spoken and text else text


@dataclass(frozen=True)
class Report:
    """The answer to one question: items (frozen dataclasses whose fields are the keys of the JSON),
    worst first; `empty` is what to say when there are none, `more` the command that lists them all,
    `remark` a sentence about the whole, `keys` what is added to the JSON, `kind` the class of the items,
    which says what there could be where there is nothing.
    """

    name: str
    title: str
    as_of: date
    columns: Sequence[Column]
    items: Sequence[Any]
    empty: str
    more: str = ""
    remark: str = ""
    keys: dict[str, Any] = field(default_factory=dict)
    kind: type[Any] | None = None


@dataclass(frozen=True)
class Brief:
    """Several reports under one title: `keys` are added to the JSON, `lines` to what people read.

    A digest fits one screen: its items take a line each, and those left out are counted. A sheet fits
    one too: it has no tables, but the sections' titles in a margin and a sentence for each item.
    """

    name: str
    title: str
    as_of: date
    sections: Sequence[Report]
    lines: Sequence[str] = ()
    keys: dict[str, Any] = field(default_factory=dict)
    ending: str = ""
    is_digest: bool = False
    is_sheet: bool = False
