"""Read the flow files into a :class:`~menus.definition.Book`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from menus.definition import (
    DRAFT,
    RETURN,
    Ask,
    Book,
    Call,
    Choose,
    End,
    Go,
    List,
    Missed,
    Option,
    Show,
    State,
    StateId,
    Text,
)
from menus.reading import BadBookError, Part, read

ENGINE_WORDS = ("back", "more", "next", "pick", "again", "sorry")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_WORDS = "engine"  # the flow whose file holds the engine's own words

Sources = Mapping[str, str]
"""File name -> its text, of all flow files."""


def shipped_flows() -> Sources:
    """Return the texts of the flows that lie in this package."""
    return read_flows(files("menus") / "flows")


def read_flows(folder: Traversable) -> Sources:
    """Return the texts of a folder's ``*.yaml``, by file name."""
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return {file.name: file.read_text("utf-8") for file in found if file.name.endswith(".yaml")}


def load_book(sources: Sources | None = None) -> Book:
    """Build the book from ``sources`` (default: the shipped flows).

    Raises BadBookError, with ``file:line``, for what cannot be read: bad YAML, unknown or missing
    or doubled keys, a flow or text named twice, no start.
    """
    texts = shipped_flows() if sources is None else sources
    reader = _Reader()
    for file, text in texts.items():
        reader.file(read(file, text))
    return reader.book(_version(texts))


def _version(texts: Sources) -> str:
    whole = "".join(f"{file}\n{text}\n" for file, text in sorted(texts.items()))
    return hashlib.sha256(whole.encode()).hexdigest()[:12]


class _Reader:
    """Gathers the flows of all files."""

    def __init__(self) -> None:
        self.flows: set[str] = set()
        self.starts: list[Part] = []
        self.start = StateId("")
        self.states: dict[StateId, State] = {}
        self.words: dict[str, Text] = {}
        self.resumes: set[str] = set()
        self.typed: set[str] = set()
        self.stuck: Missed | None = None
        self.origin: dict[str, str] = {}

    def book(self, version: str) -> Book:
        if not self.starts:
            raise BadBookError("main.yaml:1", "no flow has a 'start'")
        for word in ENGINE_WORDS:
            if word not in self.words:
                raise BadBookError("words.yaml:1", f"the engine's word {word!r} is missing")
        resumes, typed = frozenset(self.resumes), frozenset(self.typed)
        told = (self.words, resumes, self.stuck, self.origin, typed)
        return Book(version, self.start, self.states, *told)

    def file(self, whole: Part) -> None:
        flow = self._flow_name(whole)
        if flow == _WORDS:
            self._engine_words(whole.fields(("flow", "words"))["words"])
            return
        fields = whole.fields(("flow", "states"), ("start", "resumes", "stuck"))
        if start := fields.get("start"):
            self._begins(start, flow)
        if stuck := fields.get("stuck"):
            self._helps(stuck, flow, beside=start)
        if resumes := fields.get("resumes"):
            self._resumes(resumes, flow)
        for name, body in fields["states"].named().items():
            if not _NAME.fullmatch(name):
                raise body.bad(f"{name!r} is no name: small letters, digits and _ only")
            self._state(_Writer(self, flow, StateId(f"{flow}.{name}"), body))

    def _resumes(self, part: Part, flow: str) -> None:
        said = part.text()
        if said not in ("yes", "no", "typed"):
            raise part.bad("yes, no or typed expected")
        if said != "no":
            self.resumes.add(flow)
        if said == "typed":
            self.typed.add(flow)

    def _flow_name(self, whole: Part) -> str:
        flow = whole.named().get("flow", whole)
        if (name := flow.text() if flow is not whole else "") in self.flows or not name:
            raise flow.bad(f"flow {name!r} is in two files" if name else "'flow' is missing")
        self.flows.add(name)
        return name

    def _begins(self, start: Part, flow: str) -> None:
        if self.starts:
            raise start.bad(f"the book already starts at {self.starts[0].where}")
        self.starts.append(start)
        self.start = StateId(f"{flow}.{start.text()}")
        self.origin[f"{self.start}:start"] = start.where

    def _helps(self, stuck: Part, flow: str, beside: Part | None) -> None:
        if beside is None:
            raise stuck.bad("'stuck' stands beside 'start': there is one in a book")
        fields = stuck.fields(("times", "go"))
        self.stuck = Missed(fields["times"].number(), _full_name(fields["go"].text(), flow))
        self.origin[f"{self.start}:stuck"] = fields["go"].where

    def _engine_words(self, words: Part) -> None:
        for name, part in words.fields(ENGINE_WORDS).items():
            self.words[name] = self.text(f"{_WORDS}.{name}", part)

    def text(self, key: str, part: Part) -> Text:
        if key in self.origin:
            raise part.bad(f"{key} is named twice; rename the option")
        self.origin[key] = part.where
        return Text(key, part.text())

    def _state(self, writer: _Writer) -> None:
        self.origin[writer.id] = writer.body.where
        self.states[writer.id] = writer.state()


def _full_name(target: str, flow: str) -> StateId:
    """Return a target as all of the book knows it: ``nik`` of ``register`` is ``register.nik``."""
    full = "." in target or target in (DRAFT, RETURN)
    return StateId(target if full else f"{flow}.{target}")


class _Writer:
    """Builds one state and notes where its parts stand."""

    def __init__(self, reader: _Reader, flow: str, state: StateId, body: Part) -> None:
        self.reader, self.flow, self.id, self.body = reader, flow, state, body
        self.fields: dict[str, Part] = {}

    def state(self) -> State:
        verbs = [key for key in self.body.named() if key in _VERBS]
        if len(verbs) != 1:
            raise self.body.bad(f"{self.id} needs exactly one of {', '.join(_VERBS)}")
        needed, allowed, build = _VERBS[verbs[0]]
        self.fields = self.body.fields((verbs[0], *needed), allowed)
        return build(self)

    def text(self, field: str, part: Part | None = None) -> Text:
        return self.reader.text(f"{self.id}.{field}", part or self.fields[field])

    def word(self, field: str) -> str:
        """Return a name or a reason; "" where it is not given."""
        if not (part := self.fields.get(field)):
            return ""
        self._note(field, part)
        return part.text()

    def go(self, label: str, part: Part) -> StateId:
        self._note(label, part)
        return _full_name(part.text(), self.flow)

    def _note(self, label: str, part: Part) -> None:
        self.reader.origin[f"{self.id}:{label}"] = part.where

    def options(self) -> tuple[Option, ...]:
        return tuple(
            self._option(value, part) for value, part in self.fields["options"].named().items()
        )

    def _option(self, value: str, part: Part) -> Option:
        fields = part.fields(("label", "go"))
        return Option(value, self.text(value, fields["label"]), self.go(value, fields["go"]))

    def missed(self) -> Missed | None:
        if not (part := self.fields.get("missed")):
            return None
        fields = part.fields(("times", "go"))
        return Missed(fields["times"].number(), self.go("missed", fields["go"]))

    def wrong(self) -> dict[str, Text]:
        wrong = self.fields["wrong"].named()
        return {fault: self.text(f"wrong.{fault}", part) for fault, part in wrong.items()}


def _ask(w: _Writer) -> Ask:
    go = w.go("next", w.fields["next"])
    check, save = w.word("check"), w.word("save")
    return Ask(w.text("ask"), check, w.wrong(), save, go, w.missed(), w.word("wide"))


def _choose(w: _Writer) -> Choose:
    return Choose(w.text("choose"), w.options(), w.word("save"), w.word("wide"))


def _list(w: _Writer) -> List:
    go = w.go("next", w.fields["next"])
    source, save = w.word("list"), w.word("save")
    return List(source, w.text("prompt"), w.text("item"), save, go, w.word("wide"))


def _show(w: _Writer) -> Show:
    pages = enumerate(w.fields["show"].items(), 1)
    texts = tuple(w.text(f"show.{number}", part) for number, part in pages)
    return Show(texts, w.go("next", w.fields["next"]), w.word("wide"))


def _call(w: _Writer) -> Call:
    outcomes = w.fields["outcomes"].named()
    return Call(w.word("call"), {name: w.go(name, part) for name, part in outcomes.items()})


def _go(w: _Writer) -> Go:
    return Go(w.go("go", w.fields["go"]))


def _end(w: _Writer) -> End:
    return End(w.text("end"), w.word("wide"))


_Build = Callable[[_Writer], State]
_VERBS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], _Build]] = {
    "ask": (("check", "wrong", "save", "next"), ("missed", "wide"), _ask),
    "choose": (("options",), ("save", "wide"), _choose),
    "list": (("prompt", "item", "save", "next"), ("wide",), _list),
    "show": (("next",), ("wide",), _show),
    "call": (("outcomes",), (), _call),
    "go": ((), (), _go),
    "end": ((), ("wide",), _end),
}
"""verb -> keys it needs, keys it allows, and how it is built."""
