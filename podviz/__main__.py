"""The `podviz` command."""

import sys


def main() -> None:
    """Run the command line and exit with its status."""
    try:
        from podviz.cli import run

        status = run(sys.argv[1:])
    except KeyboardInterrupt:  # while the first modules load, or while the last words are said
        status = 130
    sys.exit(_flushed(status))


def _flushed(status: int) -> int:
    """The status, after stdout has taken all that it was given."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        from podviz.disk import abandon, reason
        from podviz.speaker import complain

        abandon(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            complain(f"stdout: {reason(error)}")
            return max(status, 4)
    return status


if __name__ == "__main__":
    main()
