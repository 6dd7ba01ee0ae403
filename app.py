from selector.ui.app import app

__all__ = ["app"]
