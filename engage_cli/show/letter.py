"""A recap as plain text to send, from a template that the user may replace."""

import re
from datetime import date
from string import Template

from engage_cli import clock
from engage_cli.reports.recap import Pledge, Recap
from engage_cli.show.text import line, visible

# A paragraph is left out where all that it names of these is empty.
TEMPLATE = """Hello $first_name,

thank you for our $channel on $day.

What we decided:
$decided

What I promised:
$promised

What you promised:
$they_promised

What I understood you expect:
$expected

If I got anything wrong or left something out, please tell me.

$my_name
$signature
"""
OPTIONAL = ("decided", "promised", "they_promised", "expected", "my_name", "signature")
CHANNELS = {"email": "mails", "in-person": "meeting", "video": "video call", "post": "letters"}


def write(recap: Recap, template: str = TEMPLATE, my_name: str = "", signature: str = "") -> str:
    """Fill the template: $name, $first_name, $day, $channel, $decided, $promised, $they_promised, $expected,
    and $my_name and $signature of the configuration.
    """
    values = {
        "name": line(recap.name),
        "first_name": line(recap.name).split()[0],
        "day": clock.full(date.fromisoformat(recap.happened_on)),
        "channel": CHANNELS.get(recap.channel, recap.channel),
        "decided": _listed(recap.decided),
        "promised": _listed([_pledge(one) for one in recap.promised]),
        "they_promised": _listed([_pledge(one) for one in recap.they_promised]),
        "my_name": line(my_name),
        "signature": visible(signature),
        "expected": _listed([f"{one.topic}: {one.words}" for one in recap.expected]),
    }
    paragraphs = re.split(r"\n[ \t]*\n", template.strip())
    kept = [paragraph for paragraph in paragraphs if not _is_empty(paragraph, values)]
    return "\n\n".join(Template(paragraph).safe_substitute(values).strip("\n") for paragraph in kept)


def _is_empty(paragraph: str, values: dict[str, str]) -> bool:
    named = [name for name in OPTIONAL if re.search(rf"\$\{{?{name}\b", paragraph)]
    return bool(named) and not any(values[name] for name in named)


def _listed(texts: list[str]) -> str:
    return "\n".join(f"- {line(text)}" for text in texts)


def _pledge(one: Pledge) -> str:
    return f"{one.words}, by {clock.full(date.fromisoformat(one.due_on))}" if one.due_on else one.words
