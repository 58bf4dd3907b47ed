"""Bytes from files and stdin, to files and stdout."""

import os
import stat
import sys
import time
from contextlib import suppress
from io import FileIO
from itertools import count
from pathlib import Path
from typing import TextIO

from podviz.errors import InputError, OutputError

_KINDS = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISDIR, "a folder"),
)
_PREFIX = ".podviz-"  # of files that are being written, before the number of the process
_TURNS = count()
_LONG = 60  # seconds that nothing takes to be written
_OPEN_ALREADY = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")  # what a shell's `<(…)` names


def read(path: Path, name: str, limit: int, *, opened: bool = True) -> bytes:
    """The bytes of a file that messages call `name`, at most `limit`. What is no file is read
    only if it is `opened` already, as a shell hands it over. Raises InputError."""
    try:
        status = path.stat()
        handed_over = opened and str(path).startswith(_OPEN_ALREADY)
        if not stat.S_ISREG(status.st_mode) and not handed_over:
            raise InputError(f"{name}: {kind(status.st_mode)}, not a file")
        if status.st_size > limit:
            raise InputError(_too_large(name, f"{status.st_size:,}", limit))
        with path.open("rb") as file:
            regular = stat.S_ISREG(status.st_mode)  # asked for much, Python holds much ready
            return _bounded(file.read() if regular else file.read(limit + 1), name, limit)
    except FileNotFoundError as error:
        why = "a link to nothing" if path.is_symlink() else reason(error)
        raise InputError(f"{name}: {why}") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name}: {reason(error)}") from None


def read_stdin(name: str, limit: int) -> bytes:
    """All of stdin, at most `limit` bytes. Raises InputError."""
    if sys.stdin is None:
        raise InputError(f"{name}: stdin is closed")
    try:
        return _bounded(sys.stdin.buffer.read(limit + 1), name, limit)
    except OSError as error:
        raise InputError(f"{name}: {reason(error)}") from None


def _bounded(data: bytes, name: str, limit: int) -> bytes:
    if len(data) > limit:
        raise InputError(_too_large(name, "its", limit))
    return data


def _too_large(name: str, size: str, limit: int) -> str:
    return f"{name}: {size} bytes are more than the limit of {limit:,} (see --max-size)"


def content(path: Path, size: int) -> bytes | None:
    """The bytes of a file of this size; None for one of another, and for what is no file, which
    is not waited for. Raises OSError."""
    with open(path, "rb", opener=_at_once) as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return None
        return file.read()


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def holds(path: Path, data: bytes) -> bool:
    """True when a file has exactly these bytes. Raises OutputError where none can stand."""
    try:
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            return path.is_file() and path.read_bytes() == data
        if not stat.S_ISREG(status.st_mode):
            raise OutputError(f"{path}: {kind(status.st_mode)} is in the way")
        return status.st_size == len(data) and path.read_bytes() == data
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: {reason(error)}") from None


def write(path: Path, data: bytes) -> None:
    """The whole file or nothing: a temporary file in the same folder, then a rename.

    Missing folders are made; a file that is replaced keeps its mode. What is no file, such as
    /dev/null or a pipe, takes the bytes and stays what it is. Raises OutputError.
    """
    try:
        standing = _standing(path)
        if standing and not stat.S_ISREG(standing):
            _pass(path, standing, data)
            return
        temporary = _unused(path.parent)
        try:
            with _new(temporary) as file:
                _pour(data, file)
            if standing:
                os.chmod(temporary, stat.S_IMODE(standing))  # noqa: PTH101 - the same
            os.replace(temporary, path)  # noqa: PTH105 - the same
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise OutputError(f"{path}: {reason(error)}") from None


def _unused(folder: Path) -> str:
    """A name for a temporary file, known before there is one: so it can always be removed."""
    while os.path.lexists(name := f"{folder}/{_PREFIX}{os.getpid()}-{next(_TURNS)}"):
        pass  # of an earlier process with this number
    return name


def _new(path: str) -> FileIO:
    """A new file, in a folder that is made where it is missing."""
    try:
        return FileIO(path, "x")
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120 - the same
        return FileIO(path, "x")


def _standing(path: Path) -> int:
    """The mode of what has this name, of a link that of what it leads to; 0 of nothing.

    What a shell hands over as an open file counts as a pipe, whatever is behind it.
    """
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISLNK(mode):
            return mode
        return stat.S_IFIFO if _is_open_file(path) else path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def _is_open_file(link: Path) -> bool:
    """True for /dev/stdout and for what `>(…)` becomes."""
    return any(str(p).startswith("/proc/") for p in (link.parent.resolve(), link.readlink()))


def _pass(path: Path, mode: int, data: bytes) -> None:
    if not (stat.S_ISFIFO(mode) or stat.S_ISCHR(mode)):
        raise OutputError(f"{path}: {kind(mode)} is in the way")
    with path.open("ab", buffering=0) as door:
        _pour(data, door)


def _pour(data: bytes, file: FileIO) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def tidy(folder: Path) -> None:
    """Remove what runs that were killed while they wrote left in a folder."""
    try:
        with os.scandir(folder) as entries:
            left = [folder / entry.name for entry in entries if entry.name.startswith(_PREFIX)]
    except OSError:
        return
    for path in left:
        with suppress(OSError, ValueError):
            process = int(path.name.removeprefix(_PREFIX).partition("-")[0])
            if time.time() - path.stat().st_mtime > _LONG and not _is_running(process):
                path.unlink()


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def write_stdout(data: bytes) -> None:
    """Everything to stdout, at once. Raises OutputError, and BrokenPipeError if nobody reads."""
    if sys.stdout is None:
        raise OutputError("stdout is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon(sys.stdout)
        raise OutputError(f"stdout: {reason(error)}") from None


def abandon(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, so that the exit does not trip over it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):  # a stream that is no file
        return


def kind(mode: int) -> str:
    """What a file is, by its mode: `a named pipe`."""
    return next((words for test, words in _KINDS if test(mode)), "not a regular file")


def reason(error: OSError | ValueError) -> str:
    """Why the system refused, as the end of a sentence: `permission denied`."""
    if isinstance(error, FileExistsError | NotADirectoryError) and error.filename:
        path = Path(error.filename)
        road = (*reversed(path.parents), path)
        return f"{next((p for p in road if _is_in_the_way(p)), path)} is not a folder"
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()


def _is_in_the_way(path: Path) -> bool:
    return os.path.lexists(path) and not path.is_dir()


def absolute(path: Path) -> str:
    """Where a path stands, links as they are; quick, for thousands of them."""
    return os.path.join(os.getcwd(), path)  # noqa: PTH109, PTH118 - as quick as can be


def identity(path: Path) -> tuple[int, int] | None:
    """What tells one file from another, whatever it is called; None where there is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_dev, status.st_ino)
