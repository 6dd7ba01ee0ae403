"""The light pages: phones, projector, facilitator, and the QR code that leads to the first.

Each is one answer without any other file but the font: HTML with its style and script inside, under
a policy that lets nothing else run. What changes comes by events, or by asking where these fail.
"""

from selector.workshop.web.pages.join import join, qr_code
from selector.workshop.web.pages.rendering import Endpoint, refused
from selector.workshop.web.pages.run import run
from selector.workshop.web.pages.show import show

__all__ = ["TABLE", "refused"]

TABLE: dict[str, Endpoint] = {
    "/join/{code}": join,
    "/join/{code}/qr.svg": qr_code,
    "/show/{code}": show,
    "/run/{code}": run,
}
