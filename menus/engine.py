"""The engine: one pure function from a session and an event to the next session."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from domain.faults import Fault
from domain.words import LANGUAGES
from menus import moves
from menus.catalog import Catalog
from menus.definition import (
    BACK,
    DRAFT,
    MAIN,
    MORE,
    RETURN,
    Answerable,
    Ask,
    Book,
    Call,
    Choose,
    Go,
    List,
    Missed,
    Show,
    State,
    StateId,
    flow_of,
)
from menus.events import (
    Answered,
    Dialled,
    Effect,
    Entered,
    Event,
    Perform,
    Refused,
    Screen,
    Step,
    Typed,
)
from menus.faces import AGAIN, PICK, Faces
from menus.offering import offered
from menus.promises import BrokenPromiseError, hold_to_promise, hold_to_vocabulary
from menus.resuming import Resuming
from menus.session import Session, Wrong
from menus.vocabulary import VOCABULARY, Passed, Vocabulary

LONGEST_ANSWER = 182
"""Characters of a USSD string at most; what is longer was not typed on a handset."""


class Engine:
    """Steps through one book in all its languages. Immutable; shared by all threads.

    Only ``languages`` are spoken: a session in another one is shown Indonesian. Raises
    BadBookError for a book that names what ``vocabulary`` has not.
    """

    __slots__ = ("_checks", "_faces", "_resuming", "book", "catalog", "languages", "vocabulary")

    def __init__(
        self,
        book: Book,
        catalog: Catalog,
        vocabulary: Vocabulary = VOCABULARY,
        languages: Collection[str] = LANGUAGES,
    ) -> None:
        hold_to_vocabulary(book, vocabulary)
        book = offered(book, languages)
        self.book = book
        self.catalog = catalog
        self.languages = frozenset(languages)
        self.vocabulary = vocabulary
        self._checks = vocabulary.checks
        self._faces = Faces(book, catalog, vocabulary, languages)
        self._resuming = Resuming(book, vocabulary, self._faces)

    def start(self, language: str = "id") -> Session:
        """A session of this book that has not been dialled yet."""
        return Session(self.book.version, language=language)

    def step(self, session: Session, event: Event) -> Step:
        """The next session, what happened, and the screen to show or the call to perform.

        A session whose book is another one, or which stands nowhere, is first brought to a screen
        of this book; what was typed answered a screen that is no more, and is dropped. Raises
        BrokenPromiseError when a call's answer is not what the vocabulary promises.
        """
        match event:
            case Dialled(facts):
                return self._begin(session, facts)
            case Answered():
                return self._answered(session, event)
            case Typed(text):
                return self._typed(session, text)

    def redraw(self, session: Session) -> Screen:
        """The screen this session last saw, in its present language; ValueError at a call."""
        return self._faces.screen(session)

    def readings(self, session: Session, parts: tuple[str, ...]) -> tuple[int, ...]:
        """How many of ``parts`` (of a history cut at each ``*``) may be the present answer.

        One for a choice. For a question each number of parts that, joined again, its check or a
        key accepts: several where the answer may hold a ``*``, none where all would be refused.
        """
        state = self._state(session)
        if not isinstance(state, Ask):
            return (1,)
        return tuple(count for count, text in _prefixes(parts) if self._accepts(state, text))

    def asks(self, session: Session) -> bool:
        """Whether a hop is one answer here, ``*`` and all: a question, or a screen of the past."""
        return isinstance(self._state(session), Ask) or session.book != self.book.version

    def opens(self, session: Session) -> bool:
        """Whether this is a question that would begin a draft: nothing is saved yet."""
        drafts = session.at is not None and flow_of(session.at) in self.book.resumes
        return drafts and not session.saved and isinstance(self._state(session), Ask)

    def helps(self, session: Session) -> bool:
        """Whether this session was led to where the stuck are helped."""
        return session.at is not None and self.book.helps(session.at)

    def ask_again(self, session: Session) -> tuple[Session, Refused, Screen]:
        """The present screen once more, with a line that asks for it."""
        at = session.at or self.book.start
        again = session.but(fault=Wrong(at, AGAIN))
        return again, Refused(at, AGAIN), self._faces.screen(again)

    def apologise(self, reference: str, language: str = "id") -> Screen:
        """The last screen of a call that failed; ``reference`` stands in the log."""
        return self._faces.apology(reference, language)

    def _state(self, session: Session) -> State | None:
        return self.book.states.get(session.at) if session.at else None

    def _accepts(self, state: Ask, text: str) -> bool:
        if text.strip() in (BACK, MAIN):
            return True
        return isinstance(self._checks[state.check].run(text), Passed)

    def _begin(self, session: Session, facts: Mapping[str, str]) -> Step:
        return self._enter(moves.learn(self._blank(session), facts), self.book.start)

    def _blank(self, session: Session) -> Session:
        return Session(self.book.version, language=session.language)

    def _typed(self, session: Session, text: str) -> Step:
        if session.book != self.book.version:
            return self._resume(self._blank(session), session)
        match self._state(session):
            case Ask() | Choose() | List() | Show() as state:
                return self._keyed(session, state, text)
            case Call() | Go() if session.at:
                return self._enter(session, session.at)
            case _:
                return self._begin(session, {})

    def _keyed(self, session: Session, state: Answerable, text: str) -> Step:
        key = text.strip()
        if key == MAIN:
            return self._begin(session, {})
        if key == BACK:
            return self._back(session)
        if isinstance(state, Ask):
            return self._checked(session, state, text)
        return self._picked(session, state, key)

    def _back(self, session: Session) -> Step:
        if session.page:
            return self._stay(moves.turn(session, session.page - 1))
        if not session.trail:
            return self._stay(moves.turn(session, 0))
        return self._enter(moves.back(session), session.trail[-1])

    def _checked(self, session: Session, state: Ask, text: str) -> Step:
        result = self._checks[state.check].run(text)
        if isinstance(result, Fault):
            return self._refused(session, result.name, result.count, state.missed)
        learned = moves.learn(moves.leave(session), result.facts)
        return self._enter(self._saved(learned, state.save, result.value), state.next)

    def _picked(self, session: Session, state: Choose | List | Show, key: str) -> Step:
        stops = self._faces.stops(session)
        page = min(session.page, len(stops) - 1)
        if key == MORE and page < len(stops) - 1:
            return self._stay(moves.turn(session, page + 1))
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 3 else 0
        if not 1 <= number <= stops[page]:
            return self._refused(session, PICK, stops[page])
        return self._chosen(session, state, number - 1)

    def _chosen(self, session: Session, state: Choose | List | Show, place: int) -> Step:
        left = moves.leave(session)
        match state:
            case Choose(options=options, save=save):
                option = options[place]
                if option.go == RETURN:
                    return self._returned(session)
                kept = self._saved(left, save, option.value) if save else left
                return self._enter(kept, option.go)
            case List(save=save, next=to):
                item = dict(self._faces.items(session)[place])
                value = item.pop("value")
                return self._enter(self._saved(moves.learn(left, item), save, value), to)
            case Show(next=to):
                return self._enter(left, to)

    def _saved(self, session: Session, name: str, value: str) -> Session:
        kept = moves.learn(session, {name: value})
        return kept.but(saved=True) if self._drafts(session) else kept

    def _drafts(self, session: Session) -> bool:
        """Whether an answer to the present screen is worth going on with after a cut."""
        if session.at is None or (flow := flow_of(session.at)) not in self.book.resumes:
            return False
        return flow not in self.book.typed or isinstance(self._state(session), Ask)

    def _refused(
        self, session: Session, fault: str, count: int, missed: Missed | None = None
    ) -> Step:
        at = session.at or self.book.start
        wrong = Wrong(at, fault if fault != PICK or count > 1 else AGAIN, str(count))
        effect = Refused(at, fault)
        if led := self._led_on(at, session.misses + 1, missed):
            return self._enter(moves.leave(session), led, wrong, (effect,))
        return self._stay(moves.refuse(session, wrong), (effect,))

    def _led_on(self, at: StateId, misses: int, own: Missed | None) -> StateId | None:
        """Where so many refusals lead: the screen's own way first; who is being helped stays."""
        ways = (own, None if self.book.helps(at) else self.book.stuck)
        return next((way.go for way in ways if way and misses >= way.times), None)

    def _answered(self, session: Session, answer: Answered) -> Step:
        state = self._state(session)
        if not isinstance(state, Call):
            raise BrokenPromiseError(f"{session.at} awaits no answer to a call")
        spec = self.vocabulary.calls[state.name]
        hold_to_promise(state, spec, answer)
        told = moves.bring(moves.learn(session, answer.facts), answer.items)
        if answer.outcome in spec.commits:
            told = moves.commit(told)
        to = state.outcomes[answer.outcome]
        if to == RETURN:
            return self._returned(told, session.fault, session.page)
        if to == DRAFT and answer.restore:
            return self._resume(told, answer.restore)
        # What one caller was shown before the first screen is no part of what follows it.
        return self._enter(self._blank(told) if to == self.book.start else told, to)

    def _resume(self, session: Session, draft: Session) -> Step:
        left = self._resuming.unhelped(draft)
        told = self._resuming.told(session, left)
        place = self._resuming.place(left.at, told)
        return self._enter(told if place != self.book.start else self._blank(told), place)

    def _enter(
        self,
        session: Session,
        to: StateId,
        wrong: Wrong | None = None,
        effects: tuple[Effect, ...] = (),
    ) -> Step:
        state = self.book.states[to]
        while isinstance(state, Go):
            to = state.to
            state = self.book.states[to]
        arrived = moves.arrive(session, to, wrong)
        happened = (*effects, Entered(to))
        if isinstance(state, Call):
            # Whoever is sent back from a call finds the page he was on.
            asking = arrived.but(page=session.page)
            return Step(asking, happened, Perform(state.name, asking.known))
        return Step(arrived, happened, self._faces.screen(arrived))

    def _returned(self, session: Session, wrong: Wrong | None = None, page: int = 0) -> Step:
        """Back to the screen that was left for this flow; key 0 would go back one screen only."""
        before = moves.out_of_flow(session)
        if before.at is None:
            return self._begin(session, {})
        there = moves.arrive(before, before.at, wrong).but(page=page)
        return self._stay(there, (Entered(before.at),))

    def _stay(self, session: Session, effects: tuple[Effect, ...] = ()) -> Step:
        return Step(session, effects, self._faces.screen(session))


def _prefixes(parts: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield each beginning of ``parts``, joined as it was typed, while a handset can send it."""
    text = ""
    for count, part in enumerate(parts, 1):
        text = f"{text}*{part}" if count > 1 else part
        if len(text) > LONGEST_ANSWER:
            return
        yield count, text
