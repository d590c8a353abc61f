"""`engage completion`: scripts with which a shell completes commands, options, handles and numbers.

The scripts ask `engage completion --words -- WORD...` for what can stand in the place of the last word, and
get lines of a value, a tab and what it means. Values are safe in any shell (handles, numbers, words of ours);
what they mean is only ever shown.
"""

from collections.abc import Iterator
from typing import Annotated

import typer
from typer._click import Command, Context, Parameter

from engage_cli import completing, lazy
from engage_cli.errors import WrongUsage
from engage_cli.lazy import application
from engage_cli.show.text import emit

BASH = r"""
# Completion of `engage` in bash. Put this line into ~/.bashrc:
#   source <(engage completion bash)
# or keep a copy where the package bash-completion looks for it:
#   engage completion bash > ~/.local/share/bash-completion/completions/engage

_engage() {
  local typed=${COMP_WORDS[COMP_CWORD]} value meaning values=() shown=() others=()
  typed=${typed#[\"\'=]}
  while IFS=$'\t' read -r value meaning; do
    if [[ -z $value ]]; then
      compopt -o default 2>/dev/null
    elif [[ $value == "$typed"* ]]; then
      values+=("$value")
      shown+=("$value${meaning:+  ($meaning)}")
    else
      others+=("$value")
    fi
  done < <(command engage completion --words -- "${COMP_WORDS[@]:1:COMP_CWORD}" </dev/null 2>/dev/null)
  COMPREPLY=("${values[@]}")
  # What was typed begins no handle, but a word of one name: that handle takes its place.
  if [[ ${#values[@]} == 0 && ${#others[@]} == 1 ]]; then
    COMPREPLY=("${others[0]}")
  fi
  # Meanings only where bash lists and does not insert: 63 is a second TAB.
  if [[ ${COMP_TYPE-} == 63 && ${#values[@]} -gt 1 ]]; then
    COMPREPLY=("${shown[@]}")
  fi
}

complete -F _engage engage
"""

ZSH = r"""
#compdef engage
# Completion of `engage` in zsh. Put this line into ~/.zshrc, below compinit:
#   source <(engage completion zsh)
# or keep a copy in a folder of your $fpath:
#   engage completion zsh > ~/.zfunc/_engage

_engage() {
  local value meaning
  local -a values shown
  while IFS=$'\t' read -r value meaning; do
    if [[ -z $value ]]; then
      _files
    else
      values+=("$value")
      shown+=("$value${meaning:+  -- $meaning}")
    fi
  done < <(command engage completion --words -- "${(@)words[2,CURRENT]}" </dev/null 2>/dev/null)
  if (( $#values )) && ! compadd -l -V engage -d shown -a values; then
    # What was typed begins no handle, but a word of a name.
    compstate[insert]=menu
    compadd -U -l -V engage -d shown -a values
  fi
}

if [[ ${funcstack[1]-} == _engage ]]; then
  _engage "$@"
else
  compdef _engage engage
fi
"""

FISH = r"""
# Completion of `engage` in fish. Keep a copy where fish looks for it:
#   engage completion fish > ~/.config/fish/completions/engage.fish

function __engage_candidates
    set -l before (commandline -opc)
    set -l typed (commandline -ct)
    command engage completion --words -- $before[2..-1] "$typed" </dev/null 2>/dev/null | while read -l found
        if string match -q \t'*' -- $found
            __fish_complete_path "$typed"
        else
            printf '%s\n' $found
        end
    end
end

complete -c engage -f -k -a '(__engage_candidates)'
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH}

app = application()


@app.command()
def completion(
    context: typer.Context,
    shell: Annotated[list[str] | None, typer.Argument(metavar="bash|zsh|fish", help="Your shell.")] = None,
    words: Annotated[bool, typer.Option("--words", hidden=True, help="Complete the last word behind --.")] = False,
    table: Annotated[bool, typer.Option("--table", hidden=True, help="Print all commands and options.")] = False,
) -> None:
    """Print a script that completes commands, options, handles and numbers in your shell."""
    if words:
        completing.answer(shell or [])
    elif table:
        emit("\n".join("\t".join(row) for row in _rows(context.find_root().command)))
    else:
        emit(_script(shell or []))


def _script(shell: list[str]) -> str:
    script = SCRIPTS.get(" ".join(shell))
    if script is None:
        raise WrongUsage(f"Say which shell you use: engage completion {' or '.join(SCRIPTS)}")
    return script.strip()


def _rows(command: Command, path: str = "", help_: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Write a command down, its options, then all that it holds: the rows of completing.Row."""
    context = Context(command)
    seen = [param for param in command.get_params(context) if not getattr(param, "hidden", False)]
    arguments = [param.make_metavar(context) for param in seen if param.param_type_name == "argument"]
    yield path, "", " ".join(arguments), _one_line(help_)
    for option in (param for param in seen if param.param_type_name == "option"):
        # By length, because those of --help come in any order.
        names = sorted([*option.opts, *option.secondary_opts], key=len)
        yield path, " ".join(names), _taken(option, context), _one_line(getattr(option, "help", None) or "")
    for name, inner, inner_help in lazy.held(command):
        yield from _rows(inner, f"{path} {name}".strip(), inner_help)


def _taken(option: Parameter, context: Context) -> str:
    return "" if getattr(option, "is_flag", False) else option.make_metavar(context)


def _one_line(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split())
