"""`cost:` blocks: merged from profile, offer and alternative, and resolved in the price book."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from selector.catalog.reading import Document
from selector.catalog.records import unknown_name
from selector.catalog.records.cost_blocks import Block
from selector.catalog.records.evidence import Where, sources_of
from selector.domain.costing import (
    Costing,
    HostingChoice,
    Judged,
    Owned,
    ServiceChoice,
    TokensChoice,
    judgement,
)
from selector.domain.pricing import Price, PriceBook
from selector.domain.span import Span


class Resolver:
    """Turns blocks into records; problems are noted at a place of a document."""

    def __init__(self, document: Document, where: Where, book: Callable[[], PriceBook]) -> None:
        self.document = document
        self.where = where
        self._book = book

    def costing(
        self,
        block: Block,
        region: str = "",
        people_asked: bool = False,
        displaced: frozenset[str] = frozenset(),
    ) -> Costing:
        """The merged block, resolved. `region` is the offer's, where the block names none."""
        book = self._book()
        services, embedding = self._services(block.get("services", {}), region, book)
        return Costing(
            tokens=self._tokens(block["tokens"], book) if "tokens" in block else None,
            hosting=self._hosting(block["hosting"], region, book) if "hosting" in block else None,
            services=services,
            embedding=embedding,
            people=_hours(block.get("people", {})),
            people_asked=people_asked,
            owned=_owned(block["owned"]) if "owned" in block else None,
            monthly=_amount(block.get("monthly")),
            move_in=_amount(block.get("move_in")),
            move_out=_amount(block.get("move_out")),
            displaced=displaced,
        )

    def _named(self, kind: str, name: str, known: Mapping[str, Any], *place: str) -> Any:
        if name and name not in known:
            self.document.complain((*self.where, *place), *unknown_name(kind, name, known))
        return known.get(name)

    def _tokens(self, given: Block, book: PriceBook) -> TokensChoice:
        provider, smaller = given.get("provider", ""), given.get("smaller_model", "")
        if provider in book.tokens:
            kind = f"model of {book.providers.get(provider, provider)}"
            self._named(kind, smaller, book.tokens[provider], "tokens", "smaller_model")
        return _tokens(given, book)

    def _hosting(self, given: Block, region: str, book: PriceBook) -> HostingChoice:
        served = self._named(
            "model of the price book", given.get("model", ""), book.models, "hosting", "model"
        )
        machine = self._named(
            "instance", given.get("instance", ""), book.instances, "hosting", "instance"
        )
        place = given.get("region", "") or region
        precision = given.get("precision", "")
        if served is not None and precision and precision not in served.weights_gb:
            known = list(served.weights_gb)
            self.document.complain(
                (*self.where, "hosting", "precision"),
                *unknown_name(f"precision of {served.id}", precision, known),
            )
        hours: dict[str, Price] = {}
        if machine is not None:
            hours = {**machine.prices.get("any", {}), **machine.prices.get(place, {})}
        per_copy = given.get("instances_per_replica") or Span.exactly(1)
        choice = HostingChoice(
            model=given.get("model", ""),
            precision=precision,
            instance=given.get("instance", ""),
            region=place,
            term=given.get("term", "on_demand"),
            served=served,
            machine=machine,
            accelerator=book.accelerators.get(machine.accelerator) if machine else None,
            hours=hours,
            instances_per_replica=per_copy,
            utilisation=given.get("utilisation"),
            spare_replicas=given.get("spare_replicas"),
            autoscaling=given.get("autoscaling", False) or given.get("scale_to_zero", False),
            scale_to_zero=given.get("scale_to_zero", False),
            cache_bytes=given.get("cache_bytes"),
        )
        if machine is None or served is None:
            return choice
        family, engine = given.get("family") or "", given.get("engine", "")
        speeds = tuple(
            speed
            for speed in book.speeds(served.id, machine.accelerator, precision)
            if family in ("", speed.family) and engine in ("", speed.engine)
        )
        return choice._replace(speeds=speeds)

    def _services(
        self, given: Block, region: str, book: PriceBook
    ) -> tuple[dict[str, ServiceChoice], TokensChoice | None]:
        place = given.get("region", "") or region
        chosen = {}
        for kind, name in given.items():
            if kind in ("embedding", "region") or not name:
                continue
            service = self._named(f"{kind} service", name, book.services, "services", kind)
            if service is not None and service.kind != kind:
                self.document.complain(
                    (*self.where, "services", kind),
                    f"{name} is no {kind} service, but {service.kind}",
                    f"write it under '{service.kind}'",
                )
            elif service is not None:
                chosen[kind] = ServiceChoice(service, place)
        model = given.get("embedding")
        if model is None:
            return chosen, None
        return chosen, _tokens({"provider": model.provider, "model": model.model}, book)


def _tokens(given: Block, book: PriceBook) -> TokensChoice:
    provider, model = given.get("provider", ""), given.get("model", "")
    of_provider = book.tokens.get(provider, {})
    return TokensChoice(
        book.providers.get(provider, provider),
        model,
        of_provider.get(model),
        of_provider.get(given.get("smaller_model", "")),
    )


def _basis(given: Block) -> Any:
    sources = sources_of(given.get("source"))
    day: date | None = given.get("as_of")
    return judgement(given.get("reason", ""), given.get("by", ""), day, sources)


def _hours(given: Block) -> Judged | None:
    figure = given.get("hours_per_month")
    return None if figure is None else Judged(figure, _basis(given))


def _amount(given: Block | None) -> Judged | None:
    return None if given is None else Judged(given["value"], _basis(given))


def _owned(given: Block) -> Owned:
    figures = {key: given[key] for key in Owned._fields if key in given and key != "basis"}
    return Owned(**figures, basis=_basis(given))
