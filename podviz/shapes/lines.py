"""Lines with rounded corners, and the heads of arrows."""

from podviz.drawing import Path, Step


def head(x: float, y: float, direction: str, colour: str) -> Path:
    """A solid arrow head 7 × 7 with its tip at (x, y), pointing left, right, up or down."""
    dx, dy = {"right": (-7, 0), "left": (7, 0), "down": (0, -7), "up": (0, 7)}[direction]
    if dx:
        corners = ((x + dx, y - 3.5), (x + dx, y + 3.5))
    else:
        corners = ((x - 3.5, y + dy), (x + 3.5, y + dy))
    steps: tuple[Step, ...] = (("M", (x, y)), ("L", corners[0]), ("L", corners[1]), ("Z", ()))
    return Path(steps=steps, fill=colour)


def elbow(points: list[tuple[float, float]], *, radius: float = 8.0) -> tuple[Step, ...]:
    """An orthogonal line through the points with rounded corners."""
    steps: list[Step] = [("M", points[0])]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, _length(before, corner) / 2, _length(corner, after) / 2)
        steps.append(("L", _towards(corner, before, r)))
        steps.append(("Q", (*corner, *_towards(corner, after, r))))
    steps.append(("L", points[-1]))
    return tuple(steps)


def _length(a: tuple[float, float], b: tuple[float, float]) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(
    origin: tuple[float, float], goal: tuple[float, float], by: float
) -> tuple[float, float]:
    span = _length(origin, goal) or 1.0
    return (
        origin[0] + (goal[0] - origin[0]) * by / span,
        origin[1] + (goal[1] - origin[1]) * by / span,
    )
