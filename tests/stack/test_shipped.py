"""The shipped decisions about whole stacks."""

from selector.catalog.library import Library


def test_a_layer_of_platforms_meets_what_platforms_meet() -> None:
    stack = Library().decision("eu-bank-assistant").stack
    assert stack is not None
    kinds = {layer.id: layer.kind for layer in stack.layers}
    assert kinds["model"] == "platform"
    assert all(kind == layer for layer, kind in kinds.items() if layer != "model")
