"""The words in which a workflow is declared.

    hardship = Workflow(name="hardship-file", label=_("困难职工档案"), model=HardshipFile, …, stages=[Stage(…), …])

    @hardship.transition(State.APPLIED, to=State.REVIEWED, label=_("初审通过"), help=_("…"), form=ReviewForm)
    def review(file, *, actor, income_confirmed): …

`review(file, actor=actor, income_confirmed=True)` then is the transition: locked, checked, audited and passed on.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel.access import Actor, Duty
from niangjia.kernel.errors import Missing, Refused
from niangjia.kernel.workflow import locking
from niangjia.kernel.workflow.deadlines import Deadline, NamedDay
from niangjia.kernel.workflow.forms import RemarkForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORKFLOWS: dict[str, "Workflow"] = {}

NOT_FOUND = _("没有找到这份材料，或您的岗位看不到它。请核对编号，或从“待办”进入。")


@dataclass(frozen=True)
class Stage:
    """A state and who has it on the desk there: a duty, the person concerned, or nobody (the clock, or the end).

    `by_subject` with a duty means: the person concerned, or the holder of the duty on their behalf (on paper).
    """

    state: str
    duty: Duty | None = None
    due: Deadline | NamedDay | None = None
    by_subject: bool = False

    @property
    def has_task(self) -> bool:
        return self.duty is not None or self.by_subject


@dataclass(frozen=True)
class Outcome:
    """What became of one row of a `many`: done, or refused with a sentence."""

    row: Any
    refusal: Refused | None = None


@dataclass(frozen=True, eq=False)
class Transition:
    """One step from any of `sources` to `to`. Calling it carries it out; see `engine.carry_out_one`."""

    # A page that names a step must not take it.
    do_not_call_in_templates: ClassVar[bool] = True

    workflow: "Workflow"
    body: Callable[..., None]
    sources: tuple[str, ...]
    to: str
    label: "StrOrPromise"
    help: "StrOrPromise"
    form: type[RemarkForm]
    duty: Duty | None = None
    by_subject: bool = False
    by_clock: bool = False
    follows: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    is_return: bool = False
    in_bulk: bool = False
    keeps_deadline: bool = False

    @property
    def name(self) -> str:
        return self.body.__name__

    @property
    def is_offered(self) -> bool:
        """Whether somebody may choose to take it: it has a button, a page and an endpoint."""
        return not (self.by_clock or self.follows)

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    def __call__(
        self,
        row: Any,
        *,
        actor: Actor,
        version: int | None = None,
        files: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> Any:
        """Do it for one row and return it as it is afterwards. `version` is the one the user was looking at.

        Raises WrongState, NotAllowed or Invalid, each with a sentence; then nothing has changed.
        """
        from niangjia.kernel.workflow import engine

        return engine.carry_out_one(self, row, actor=actor, version=version, data=data, files=files)

    def many(
        self,
        rows: Iterable[Any],
        *,
        actor: Actor,
        each: Callable[[Any], Mapping[str, Any]] | None = None,
        **data: Any,
    ) -> list[Outcome]:
        """The same step for a list, in short transactions; one refused row does not hold up the others.

        `each` gives what is said of one row only, beside what `data` says of all.
        """
        from niangjia.kernel.workflow import engine

        return engine.carry_out_many(self, rows, actor=actor, data=data, each=each)


@dataclass(frozen=True, eq=False)
class Opening:
    """How a row comes into being: the body makes it, the engine sets its state, audits and puts it on a desk."""

    do_not_call_in_templates: ClassVar[bool] = True

    workflow: "Workflow"
    body: Callable[..., Any]
    to: str
    label: "StrOrPromise"
    help: "StrOrPromise"
    form: type[RemarkForm]
    duty: Duty | None
    by_clock: bool = False
    # The column with the union where the duty is asked for; the case may begin on another's desk.
    at: str = "unit"
    # Asked at each call, so that domains above may still add their steps after this was declared.
    follows: Collection[str] | None = None
    # Draws numbers for so many rows: the opening begins many at once, from a sheet, and none by itself.
    numbers: Callable[[int], Sequence[str]] | None = None

    @property
    def name(self) -> str:
        return self.body.__name__

    @property
    def is_offered(self) -> bool:
        """Whether somebody may choose to begin: it has a button, a page and an endpoint."""
        return not (self.by_clock or self.follows is not None or self.numbers is not None)

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")

    def __call__(self, *, actor: Actor, files: Mapping[str, Any] | None = None, **data: Any) -> Any:
        from niangjia.kernel.workflow import engine

        return engine.open_row(self, actor=actor, data=data, files=files)

    def many(self, said: Iterable[Mapping[str, Any]], *, actor: Actor) -> list[Outcome]:
        """Begin a row with each of `said`, which the sheet has checked, in the caller's transaction.

        The outcomes come in the same order; what was refused is not begun and takes no number.
        """
        from niangjia.kernel.workflow import engine

        return engine.open_many(self, list(said), actor=actor)


@dataclass(eq=False)
class Workflow:
    """A named flow over one model.

    `visible_to(actor)` gives the rows an actor may see; `subjects(rows)` and `conflicts(rows)` give, per row id, the
    users the case is about and the users who must keep out of it (回避: the subjects, their household, the payee);
    `related` names the foreign keys that bodies and sentences need; `asked` the rows beside a case that bodies ask for,
    which for a list are fetched together.
    """

    name: str
    label: "StrOrPromise"
    model: type[Model]
    stages: Sequence[Stage]
    visible_to: Callable[[Actor], "QuerySet[Any]"]
    subjects: Callable[[Sequence[Any]], Mapping[int, set[int]]]
    conflicts: Callable[[Sequence[Any]], Mapping[int, set[int]]]
    related: tuple[str, ...] = ("unit",)
    asked: tuple[str, ...] = ()
    transitions: dict[str, Transition] = field(default_factory=dict)
    openings: dict[str, Opening] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._stages = {stage.state: stage for stage in self.stages}
        WORKFLOWS[self.name] = self

    def stage(self, state: str) -> Stage:
        return self._stages[state]

    def state_label(self, state: str) -> str:
        return str(self._state_labels.get(state, state))

    @cached_property
    def _state_labels(self) -> dict[Any, Any]:
        return dict(self.model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]

    def find(self, public_id: object, actor: Actor) -> Any:
        """The row, if this actor may see it; otherwise Missing, whether it exists or not."""
        seen = self.visible_to(actor).filter(public_id=public_id).order_by().values_list("pk", flat=True)
        for pk in seen[:1]:
            for row in locking.read(self, pk):
                return row
        raise Missing(NOT_FOUND)

    def leaving(self, state: str) -> list[Transition]:
        return [transition for transition in self.transitions.values() if state in transition.sources]

    def step(self, slug: str) -> Transition:
        for transition in self.transitions.values():
            if transition.slug == slug:
                return transition
        raise Missing(NOT_FOUND)

    def opening(
        self,
        *,
        to: str,
        label: "StrOrPromise",
        help: "StrOrPromise",
        form: type[RemarkForm] = RemarkForm,
        duty: Duty | None = None,
        by_clock: bool = False,
        at: str = "unit",
        follows: Collection[str] | None = None,
        numbers: Callable[[int], Sequence[str]] | None = None,
    ) -> Callable[[Callable[..., Any]], Opening]:
        """Declare how rows begin. Besides holders of `duty`, whoever the case is about may open it.

        `by_clock`: only the system opens it, on a day or for somebody at a public door; no page, no endpoint.
        `at` names the column with the union where the duty must be held, if not the one that gets the case.
        `follows`: only a step of another case opens it, named `workflow/step`; who may was asked there.
        `numbers`: only `many` opens it. Its body asks no table and returns a row that is not saved yet.
        """

        def declare(body: Callable[..., Any]) -> Opening:
            opening = Opening(self, body, str(to), label, help, form, duty, by_clock, at, follows, numbers)
            self.openings[opening.name] = opening
            return opening

        return declare

    def transition(
        self,
        *sources: str,
        to: str,
        label: "StrOrPromise",
        help: "StrOrPromise",
        form: type[RemarkForm] = RemarkForm,
        duty: Duty | None = None,
        by_subject: bool = False,
        unlike: Sequence[str] = (),
        is_return: bool = False,
        only_subject: bool = False,
        in_bulk: bool = False,
        keeps_deadline: bool = False,
    ) -> Callable[[Callable[..., None]], Transition]:
        """Declare a step. Who does it is the duty of the stage it leaves, unless `duty` or `by_subject` says other.

        `by_subject`: the person concerned may do it too; `only_subject`: nobody else may.
        `unlike` names earlier steps whose doers may not do this one (four eyes). `in_bulk`: lists offer the step
        for many rows with one form. `keeps_deadline`: it adds to the case and hands nothing on, so the time runs on.
        """
        stage = self.stage(sources[0])
        by_subject = by_subject or only_subject or (duty is None and stage.by_subject)
        doer = None if only_subject else duty or stage.duty
        if doer is None and not by_subject:
            raise TypeError(f"{self.name}: nobody has {sources[0]} on the desk; name a duty")

        def declare(body: Callable[..., None]) -> Transition:
            made = Transition(
                workflow=self,
                body=body,
                sources=tuple(map(str, sources)),
                to=str(to),
                label=label,
                help=help,
                form=form,
                duty=doer,
                by_subject=by_subject,
                unlike=tuple(unlike),
                is_return=is_return,
                in_bulk=in_bulk,
                keeps_deadline=keeps_deadline,
            )
            self.transitions[made.name] = made
            return made

        return declare

    def consequence(
        self,
        *sources: str,
        to: str,
        label: "StrOrPromise",
        help: "StrOrPromise",
        follows: Sequence[str],
        is_return: bool = False,
    ) -> Callable[[Callable[..., None]], Transition]:
        """Declare what happens to this case because of a step of another, named `workflow/step`, or of `news/topic`.

        That step's body, or whoever hears the news, calls it; who may was asked there, so nobody can take it by
        itself.
        """

        def declare(body: Callable[..., None]) -> Transition:
            made = Transition(
                workflow=self,
                body=body,
                sources=tuple(map(str, sources)),
                to=str(to),
                label=label,
                help=help,
                form=RemarkForm,
                follows=tuple(follows),
                is_return=is_return,
            )
            self.transitions[made.name] = made
            return made

        return declare

    def timed(
        self, source: str, *, to: str, label: "StrOrPromise", help: "StrOrPromise"
    ) -> Callable[[Callable[..., None]], Transition]:
        """Declare what the clock does the day after the stage's last day. No person can."""

        def declare(body: Callable[..., None]) -> Transition:
            made = Transition(
                workflow=self,
                body=body,
                sources=(str(source),),
                to=str(to),
                label=label,
                help=help,
                form=RemarkForm,
                by_clock=True,
            )
            self.transitions[made.name] = made
            return made

        return declare
