"""The `podviz` command."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its status."""
    from podviz.cli import run

    status = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone; keep the interpreter from saying so at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)


if __name__ == "__main__":
    main()
