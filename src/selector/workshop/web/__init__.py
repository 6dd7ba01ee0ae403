"""Workshops over HTTP: the API, the light pages of phones, projector and facilitator, events."""

from selector.workshop.web.house import House
from selector.workshop.web.routing import routes

__all__ = ["House", "routes"]
