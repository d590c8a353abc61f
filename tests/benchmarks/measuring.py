"""How long one command takes beside another, on whatever machine this is."""

import os
import subprocess
import tempfile
import time
from collections.abc import Sequence


def ratio(command: Sequence[str], baseline: Sequence[str], runs: int = 40) -> float:
    """Divide the shortest wall time of a command by that of another, in `runs` runs of each, by turns."""
    with tempfile.TemporaryDirectory() as compiled:
        # Both find their modules compiled, wherever they are installed and whatever the environment says.
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for one in (command, baseline):
            _seconds(one, environment)
        turns = [(_seconds(command, environment), _seconds(baseline, environment)) for _ in range(runs)]
    shortest, shortest_baseline = (min(times) for times in zip(*turns, strict=True))
    return shortest / shortest_baseline


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return time.perf_counter() - start
