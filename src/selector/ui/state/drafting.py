"""The visitor's working copy: edits of a decision's file, each kept at once as a revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from selector.analysis import analyse
from selector.catalog import beside
from selector.catalog.drafts import Draft, Full, Moved, check_limits, drafts, is_key
from selector.catalog.editing import REMOVE, Change, changed, data_of, edited
from selector.catalog.reading import parse_document
from selector.domain.problem import InputError, Problem, SelectorError, UsageError
from selector.ui import reading
from selector.ui.signing import signed
from selector.ui.size import check_size
from selector.ui.state.chosen import Chosen
from selector.ui.state.stacked import Stacked
from selector.ui.state.told import Told
from selector.ui.written import with_choices

ATTEMPTS = 5  # at a change, while others change the same copy
COSTED = ("workload", "business", "assumptions")


class Drafting(Told, Stacked):
    """Working copies: made at the first edit of a known decision, or of what was brought."""

    def __init__(self) -> None:
        super().__init__()
        self._follow_draft()

    # --- what is there ----------------------------------------------------------------------
    @property
    def is_draft(self) -> bool:
        """Whether a working copy of one's own is looked at."""
        return self.draft is not None

    @property
    def origin(self) -> str:
        """The known decision that the working copy was made from; empty where it was brought."""
        found = self.draft.origin if self.draft else ""
        return found if found in self.known else ""

    def knows(self, decision_id: str) -> bool:
        """Whether there is such a decision, known or as a working copy."""
        if not decision_id.startswith(reading.DRAFT):
            return decision_id in self.known
        return drafts().find(decision_id.removeprefix(reading.DRAFT)) is not None

    def file(self) -> bytes:
        """The text of the decision's file, without the visitor's weights and figures."""
        draft = self.draft
        if draft is not None:
            return drafts().text(draft.key, draft.revision)
        return self.library.decision_path(self.decision_id).read_bytes()

    def text(self) -> bytes:
        """The text of the decision's file with what the visitor set written in."""
        return with_choices(self.file(), self._asked, self.points, self.figures, self.fixed)

    @property
    def data(self) -> dict[str, Any]:
        """The plain data of that file. InputError where it cannot be read."""
        return dict(_data_of(self.file()))

    @property
    def beside(self) -> dict[str, bytes]:
        """The files that the decision names, by the names it gives them."""
        if self.draft is not None:
            return drafts().files(self.draft)
        path = self.library.decision_path(self.decision_id)
        try:
            named = self.data
        except InputError:  # what it names cannot be read; the text that mends it can be kept
            return {}
        return beside.files_of(named, path.parent)

    # --- who changes it ---------------------------------------------------------------------
    @property
    def signs_as(self) -> str:
        """The name under which edits stand in the change log; empty where none is kept."""
        name: str = self._kept.get("signs_as", "")
        return name

    @property
    def reason(self) -> str:
        """Why the next edits are made; empty where nobody says."""
        why: str = self._kept.get("signs_why", "")
        return why

    def sign_as(self, name: str, why: str) -> None:
        """Sign what is edited from now on; without a name no log is written."""
        self._kept["signs_as"], self._kept["signs_why"] = " ".join(name.split()), why.strip()

    # --- changing it ------------------------------------------------------------------------
    def edit(self, *changes: Change) -> None:
        """Change the decision's file at some places, in a copy of the visitor's own.

        A change rests on what was shown: where the copy has changed meanwhile, in another window
        say, it is made to the newest text. InputError says what would be wrong with the file, or
        that a place is no more; then nothing has changed.
        """
        shown = self._shown()
        try:
            self._change(lambda raw: edited(raw, *_resting_on(shown, raw, changes)))
        except UsageError as error:
            what, _, instead = str(error).partition("; ")
            again = "look at it as it is now, and change it again"
            raise _refused(what, instead or again) from None
        for path, _ in changes:
            self._give_way(path)

    def rewrite(self, raw: bytes) -> None:
        """Put another text in the place of the decision's file. InputError as for `edit`."""
        self._change(lambda _: raw)

    def check(self, raw: bytes) -> None:
        """InputError where a text, with the files beside this decision, cannot be used."""
        _checked(self, raw, self.beside)

    def _shown(self) -> bytes | None:
        """The text that the visitor saw, where it is another than the newest and still known."""
        draft = self.draft
        key, _, revision = self._kept.get("revision_shown", "").partition("@")
        if draft is None or key != f"{reading.DRAFT}{draft.key}" or int(revision) == draft.revision:
            return None
        try:
            return drafts().text(draft.key, int(revision))
        except Moved:  # undone in another window, and something else done instead
            return b"{}"

    def note_shown(self) -> None:
        """Note that the page shows the copy as it is now; what is edited next rests on that."""
        self._kept["revision_shown"] = self._read_as if self.draft else ""

    def open_draft(self, decision_id: str) -> None:
        """Look at a working copy, or say that it is gone."""
        if self.knows(decision_id):
            self.choose_decision(decision_id)
        else:
            self._kept["gone"] = decision_id
            self.tell_next("That working copy is not here any more: it was removed.")

    def choose_known(self, decision_id: str) -> None:
        """Look at a known decision, if there is such a one."""
        if decision_id in self.known:
            self.choose_decision(decision_id)

    @property
    def gone(self) -> str:
        """A working copy that was asked for, and is not there any more; empty where none was."""
        gone: str = self._kept.get("gone", "")
        return gone

    def _change(self, change: Any) -> None:
        """Make the next revision, of the newest text; the first makes the copy."""
        for _ in range(ATTEMPTS):
            now = self.draft
            raw, files = self.file(), self.beside
            made = change(raw)
            if made == raw:
                return
            after = _checked(self, made, files)
            if self.signs_as:
                made = signed(made, _checked(self, raw, files), after, self.signs_as, self.reason)
            try:
                copy = now or _kept(self, raw, files, self.decision_id)
                self._look_at(drafts().write(copy, made))
            except Moved:
                self._drafts.clear()  # look again, at the newest
            else:
                return
        raise _refused("others change this copy at the same time", "try again in a moment")

    def adopt(self, raw: bytes, name: str, files: Mapping[str, bytes] | None = None) -> None:
        """Look at a decision that was brought or made, as a working copy of one's own.

        Messages name the text `name`. InputError lists what is wrong; then nothing has changed.
        """
        files = dict(files or {})
        check_limits(raw, files)
        _checked(self, raw, files, name)
        named = beside.names_in(data_of(raw))
        copy = _kept(self, raw, {n: files[n] for n in named if n in files}, "")
        self.choose_decision(f"{reading.DRAFT}{copy.key}")
        self._kept["brought"] = self.brought + 1
        self._look_at(copy)

    # --- back and forth ---------------------------------------------------------------------
    @property
    def can_undo_edit(self) -> bool:
        """Whether there was an edit before."""
        return self.draft is not None and self.draft.can_undo

    @property
    def can_redo_edit(self) -> bool:
        """Whether an edit was undone."""
        return self.draft is not None and self.draft.can_redo

    def undo_edit(self) -> None:
        """Go back to the file before the last edit."""
        self._move(-1)

    def redo_edit(self) -> None:
        """Make the edit again that was undone."""
        self._move(+1)

    def _move(self, step: int) -> None:
        if self.draft is None:
            return
        try:
            self._look_at(drafts().move(self.draft, step))
        except Moved:  # in another window; this one shows it now
            self._drafts.clear()
            self._follow_draft()

    def remove_draft(self, decision_id: str) -> None:
        """Remove a working copy for good; a known decision is looked at where it was this one."""
        key = decision_id.removeprefix(reading.DRAFT)
        back = self.origin
        if not is_key(key):
            return
        drafts().remove(key)
        self._drafts.clear()
        if self._kept.get("decision") == decision_id:
            self._kept["decision"] = ""
            self.choose_decision(back or self.decision_id)

    # --- what goes with it ------------------------------------------------------------------
    def _look_at(self, draft: Draft) -> None:
        """Show a draft as it is now, with what the visitor set as far as it still fits."""
        named = f"{reading.DRAFT}{draft.key}"
        self._kept["decision"] = named
        self._drafts = {named: draft}
        self.note_shown()
        self._follow_draft()

    def _follow_draft(self) -> None:
        """Let go of what does not fit any longer, where the copy has changed since the last run."""
        draft = self.draft
        shown = reading.revision_of(draft) if draft else ""
        before = self._kept.get("revision", "")
        if draft and not draft.is_safe:
            self.notice = (
                "This server cannot store working copies just now. Yours is in its memory only: "
                "download it before you leave."
            )
        if shown == before:
            return
        self._kept["revision"] = shown
        self._kept.pop("received", None)
        if draft is not None:
            self._let_go()

    def _let_go(self) -> None:
        """Forget points, figures and places that the decision does not have."""
        try:
            base = reading.base(self._read_as, self._now)
            names = {node.id for node in base.decision.criteria.walk()}
        except SelectorError:
            return  # the page tells
        points = {name: x for name, x in self.points.items() if name in names}
        try:
            base.with_weights(points)
        except SelectorError:
            points = {}
        figures = dict(self.figures)
        for name in list(figures):
            try:
                reading.base(self._read_as, self._now, ((name, figures[name]),))
            except SelectorError:
                del figures[name]
        self._kept["points"], self._kept["figures"] = points, figures
        alternatives = {a.id for a in base.decision.alternatives}
        cell = self._kept.get("cell")
        if cell and (cell[0] not in alternatives or cell[1] not in names):
            self._kept.pop("cell")
        if not alternatives.issuperset(filter(None, self._kept.get("closer", ()))):
            self._kept.pop("closer")

    def _give_way(self, path: tuple[str | int, ...]) -> None:
        """Let an edit of weights or figures show, where the visitor had set them otherwise."""
        if path[0] == "weights":
            self._kept["points"] = {}
        elif path[0] in COSTED:
            self._kept["figures"] = {
                name: span
                for name, span in self.figures.items()
                if len(path) > 1 and name not in path
            }


@lru_cache(maxsize=32)
def _data_of(raw: bytes) -> Mapping[str, Any]:
    """The data of a text, which a page asks for many times in a run; nobody changes it."""
    return data_of(raw)


def _checked(state: Chosen, raw: bytes, files: Mapping[str, bytes], name: str = "") -> Any:
    """The analysis of a text. InputError where it cannot be read, or not be ranked."""
    name = name or reading.name_of(raw)
    document = parse_document(raw, name)
    check_size(document, _criteria_of_the_set(state, document.data))
    decision = state.library.decision_of(raw, name, files)
    analysis = analyse(decision)
    if decision.alternatives:
        reading.able(analysis).ranking  # noqa: B018
    return analysis


def _criteria_of_the_set(state: Chosen, data: Any) -> int:
    """How many criteria there are in the set that a decision names; 0 where there is none."""
    named = data.get("criteria") if isinstance(data, dict) else None
    if not isinstance(named, str) or named not in state.library.criteria_ids():
        return 0
    try:
        return sum(1 for _ in state.library.criteria_set(named).walk())
    except InputError:
        return 0  # told when the decision is read


def _kept(state: Chosen, raw: bytes, files: Mapping[str, bytes], origin: str) -> Draft:
    """A new draft. InputError where there is no room for one."""
    try:
        return drafts().make(raw, files, origin)
    except Full as error:
        raise _refused(str(error), "nothing was changed") from None


def _refused(what: str, instead: str) -> InputError:
    return InputError([Problem("the decision", 1, 1, what.rstrip("."), instead)])


def _resting_on(shown: bytes | None, newest: bytes, changes: Sequence[Change]) -> Sequence[Change]:
    """Changes whose indices mean the items that the visitor saw, wherever they stand by now.

    UsageError where one is not there any more.
    """
    if shown is None:
        return changes
    here, there, found = data_of(shown), data_of(newest), []
    for change in changes:
        moved = _moved(here, there, change)
        found.append(moved)
        here, there = changed(here, change), changed(there, moved)
    return found


def _moved(here: Any, there: Any, change: Change) -> Change:
    path, value = change
    found: list[str | int] = []
    for depth, step in enumerate(path):
        place = step
        if isinstance(here, list) and isinstance(there, list) and isinstance(step, int):
            is_new = step == len(here) and depth == len(path) - 1 and value is not REMOVE
            place = len(there) if is_new else _place_of(here, there, step)
        found.append(place)
        here, there = _below(here, step), _below(there, place)
    return tuple(found), value


def _place_of(here: list[Any], there: list[Any], index: int) -> int:
    """Where the item that stood at an index stands now. UsageError: it is not there any more."""
    item = here[index] if index < len(here) else None
    if index < len(there) and _is_same(item, there[index]):
        return index
    places = [place for place, other in enumerate(there) if _is_same(item, other)]
    if len(places) == 1:
        return places[0]
    raise UsageError("what you changed was changed or removed meanwhile, in another window say")


def _is_same(item: Any, other: Any) -> bool:
    if isinstance(item, dict) and isinstance(other, dict) and item.get("id"):
        return bool(item["id"] == other.get("id"))
    return bool(item == other)


def _below(data: Any, step: str | int) -> Any:
    try:
        return data[step]
    except (KeyError, IndexError, TypeError):
        return None
