"""What a room refuses, with the status that says so over HTTP."""

from selector.domain.problem import SelectorError


class Refused(SelectorError):
    """A request that is refused; the message says what would be right.

    `status` is that of HTTP: 400 not understood, 401 no or a wrong token, 403 not for this one or
    not yet, 404 no such room, 405 not in this way, 409 not now, 413 too large, 422 wrong values,
    429 too many, 503 the storage cannot be had and the same may be sent again.
    """

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
