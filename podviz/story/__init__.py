"""What Kubernetes does to a cluster when something happens, frame by frame."""

from podviz.story.moment import Endpoint, Keeping, Moment
from podviz.story.play import play

__all__ = ["Endpoint", "Keeping", "Moment", "play"]
