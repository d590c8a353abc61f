"""Who may import whom: the rooms of the house, read from the code itself."""

import ast
from pathlib import Path

import pytest

import engage_cli

HOUSE = Path(engage_cli.__file__).parent
MODULES = {
    ".".join(("engage_cli", *path.relative_to(HOUSE).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in HOUSE.rglob("*.py")
}

# The words that every room speaks.
ANYONE = {"errors", "clock", "numbers", "folding", "searched", "signals"}

# What each room may import, besides itself where that is named.
MAY = {
    "errors": set(),
    "clock": {"errors"},
    "numbers": {"errors"},
    "folding": set(),
    "searched": set(),
    "signals": {"errors", "clock"},
    "settings": {"errors", "clock", "signals"},
    "formats": {"errors", "clock", "formats"},
    "store": {*ANYONE, "settings", "store"},
    "history": {*ANYONE, "store"},
    "records": {*ANYONE, "store", "records"},
    "who": {*ANYONE, "records"},
    "reports": {*ANYONE, "history", "reports"},
    "show": {*ANYONE, "reports", "show"},
    "carry": {*ANYONE, "formats", "records", "who", "store", "carry"},
    "recovery": {"errors", "clock", "settings"},
    "completing": {*ANYONE, "settings", "store", "records", "show"},
    "lazy": set(),
    "commands": {
        *ANYONE, "settings", "store", "history", "records", "who", "reports", "formats", "carry", "show",
        "recovery", "completing", "lazy", "commands",
    },
    "main": {"errors", "lazy", "settings", "show", "recovery", "engage_cli"},
    "__main__": {"main"},
    "engage_cli": set(),
}  # fmt: skip


def room(module: str) -> str:
    """The first name below the package: engage_cli.records.needs is in records."""
    return module.partition(".")[2].partition(".")[0] or "engage_cli"


def imports(module: str, is_deferred: bool | None = None) -> set[str]:
    """Name the modules of ours that a module imports; those inside functions only where deferred, or all."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    inside = {id(node) for function in functions(tree) for node in ast.walk(function)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if is_deferred is None or (id(node) in inside) == is_deferred:
            found |= named(node)
    return found - {module}


def functions(tree: ast.AST) -> list[ast.AST]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)]


def named(node: ast.AST) -> set[str]:
    """Name the modules of ours that one statement imports."""
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names if alias.name.split(".")[0] == "engage_cli"}
    if not isinstance(node, ast.ImportFrom):
        return set()
    assert node.level == 0, "imports name the whole path"
    if (node.module or "").split(".")[0] != "engage_cli":
        return set()
    whole = {f"{node.module}.{alias.name}" for alias in node.names}
    return {name if name in MODULES else node.module or "" for name in whole}


def test_every_room_is_known() -> None:
    assert {room(module) for module in MODULES} <= set(MAY)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_only_what_its_room_may(module: str) -> None:
    assert {name for name in imports(module) if room(name) not in MAY[room(module)]} == set()


def test_main_knows_commands_by_name_only() -> None:
    from engage_cli.main import COMMANDS

    assert not [name for name in imports("engage_cli.main") if room(name) == "commands"]
    assert all(isinstance(name, str) for name, _ in COMMANDS.values())


def test_migrations_are_imported_only_when_they_are_needed() -> None:
    for module in MODULES:
        if not module.startswith("engage_cli.store.migrations"):
            early = imports(module, is_deferred=False)
            assert not [name for name in early if name.startswith("engage_cli.store.migrations")], module


@pytest.mark.parametrize("rooms", ["records", "reports", "store", "show", "carry", "formats"])
def test_no_room_goes_in_circles(rooms: str) -> None:
    # A package is not a part of its own modules; what is deferred into a function counts as well.
    there = {name: imports(name) for name in MODULES if room(name) == rooms and ".migrations" not in name}
    beneath = {name: {other for other in others if other in there} for name, others in there.items()}
    while leaves := {name for name, others in beneath.items() if not others}:
        beneath = {name: others - leaves for name, others in beneath.items() if name not in leaves}
    assert beneath == {}


def test_an_import_inside_a_function_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text("def late():\n    from engage_cli.commands import log\n    import engage_cli.show.text\n")
    monkeypatch.setitem(MODULES, "engage_cli.records.planted", planted)
    assert imports("engage_cli.records.planted") == {"engage_cli.commands.log", "engage_cli.show.text"}
    assert imports("engage_cli.records.planted", is_deferred=False) == set()
