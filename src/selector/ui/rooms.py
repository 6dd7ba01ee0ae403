"""The rooms of this process, for the routes and the page Workshop alike."""

from selector.workshop.web import House

HOUSE = House()
