"""Run the program as `python -m engage_cli`."""

from engage_cli.main import main

main()
