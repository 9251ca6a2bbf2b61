"""What administrators do to the tree of unions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Max, Value
from django.db.models.functions import Concat, Length, Substr
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import CLOCK, END, Actor
from niangjia.kernel.errors import Invalid, WrongState
from niangjia.kernel.users import User
from niangjia.organisation import authority, forms, paths
from niangjia.organisation.access import ADMINISTRATOR
from niangjia.organisation.actions import committees, posts
from niangjia.organisation.models import Employer, UnionBody


def plant_root(*, administrator: User, **data: Any) -> UnionBody:
    """The first union of an installation and its first administrator; refused once there is a tree."""
    with transaction.atomic():
        if UnionBody.objects.exists():
            raise WrongState(_("最上级工会已经建立，其余工会请由组织管理员在其下新建。"))
        cleaned = forms.checked(forms.UnionForm, data, actor=CLOCK)
        root = UnionBody.objects.create(**cleaned, path=paths.ROOT)
        audit.record(root, "found", actor=CLOCK, changes=cleaned)
        posts.appoint_first(administrator, root, ADMINISTRATOR)
    return root


def found_union(*, actor: Actor, **data: Any) -> UnionBody:
    with _tree():
        cleaned = forms.checked(forms.FoundUnionForm, data, actor=actor)
        parent = cleaned["parent"]
        grant = authority.over(parent, actor)
        return _plant(parent, cleaned, actor, grant.principal_id)


def establish(parent: UnionBody, facts: dict[str, Any], *, actor: Actor) -> UnionBody:
    """The last step of union building: who may and what is true was checked by the case, in its transaction."""
    with _tree():
        parent = _locked(parent)
        if parent.is_dissolved:
            raise WrongState(_("“%s”已撤销，请先把建会工作转给现有的工会。") % parent.name)
        return _plant(parent, {**facts, "parent": parent}, actor, None)


def _plant(parent: UnionBody, facts: dict[str, Any], actor: Actor, principal_id: int | None) -> UnionBody:
    union = UnionBody.objects.create(**facts, path=_free_path(parent))
    audit.record(union, "found", actor=actor, changes=facts, principal_id=principal_id)
    return union


def rename_union(union: UnionBody, *, actor: Actor, **data: Any) -> UnionBody:
    grant = authority.over(union, actor)
    cleaned = forms.checked(forms.RenameUnionForm, data, actor=actor, row=union)
    with transaction.atomic():
        union = _locked(union)
        union.name = cleaned["name"]
        union.save(update_fields=["name"])
        audit.record(union, "rename", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    return union


def mark_union(union: UnionBody, *, actor: Actor, **data: Any) -> UnionBody:
    """Set what the numbers of its letters begin with."""
    grant = authority.over(union, actor)
    cleaned = forms.checked(forms.MarkUnionForm, data, actor=actor, row=union)
    with transaction.atomic():
        union = _locked(union)
        union.document_mark = cleaned["document_mark"]
        union.save(update_fields=["document_mark"])
        audit.record(union, "mark", actor=actor, changes=cleaned, principal_id=grant.principal_id)
    return union


def move_union(union: UnionBody, *, actor: Actor, **data: Any) -> int:
    """Hang a union with everything below it under another superior; returns how many unions moved."""
    with _tree():
        cleaned = forms.checked(forms.MoveUnionForm, data, actor=actor, row=union)
        union, target = _locked(union), cleaned["new_parent"]
        grant = authority.above(union, actor)
        authority.over(target, actor)
        if target.path.startswith(union.path):
            raise Invalid(_("不能把“%s”移到它自己或它的下级之下，请另选上级工会。") % union.name)
        if target.pk == union.parent_id:
            raise Invalid(_("“%s”已经在这个上级之下，无需移动。") % union.name)
        moved = _rewrite_paths(union, target)
        audit.append([audit.Link(union, "move", cleaned, grant.principal_id)], actor=actor)
    return moved


def dissolve_union(union: UnionBody, *, actor: Actor, **data: Any) -> UnionBody:
    """Ends its posts and frees its employers; its rows stay where they are, in sight of the union above."""
    with _tree():
        union = _locked(union)
        grant = authority.above(union, actor)
        cleaned = forms.checked(forms.DissolveUnionForm, data, actor=actor, row=union)
        _refuse_while_alive(union)
        if cleaned["dissolved_on"] < union.founded_on:
            raise Invalid(_("撤销日期不能早于成立日期（%s），请改正。") % union.founded_on)
        union.dissolved_on = cleaned["dissolved_on"]
        union.save(update_fields=["dissolved_on"])
        posts.end_all(union, actor=actor, principal_id=grant.principal_id)
        committees.disband_all(union, union.dissolved_on, actor=actor, principal_id=grant.principal_id)
        _free_employers(union, actor, grant.principal_id)
        audit.record(
            union,
            "dissolve",
            actor=actor,
            changes={"dissolved_on": union.dissolved_on},
            principal_id=grant.principal_id,
            remark=cleaned["remark"],
        )
    return union


@contextmanager
def _tree() -> Iterator[None]:
    """One change of the tree's shape at a time: else a union founded meanwhile stays behind.

    The root's row is the lock; NO KEY leaves foreign keys to it free.
    """
    with transaction.atomic():
        list(UnionBody.objects.select_for_update(no_key=True).filter(path=paths.ROOT).values_list("pk"))
        yield


def _locked(union: UnionBody) -> UnionBody:
    return (
        UnionBody.objects.select_for_update(no_key=True, of=("self",))
        .select_related("parent")
        .get(pk=union.pk)
    )


def _free_path(parent: UnionBody) -> str:
    """The next place below a parent that was read under the lock of the tree."""
    if len(parent.path) >= paths.LONGEST:
        raise Invalid(_("“%s”之下的层级太深，请把新工会建在更高一级。") % parent.name)
    last = UnionBody.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    return paths.following(last) if last else parent.path + paths.FIRST


def _rewrite_paths(union: UnionBody, target: UnionBody) -> int:
    """One UPDATE for the paths of the whole subtree; no other table holds a path."""
    old, new = union.path, _free_path(target)
    rows = UnionBody.objects.filter(path__gte=old, path__lt=old + END)
    deepest = rows.aggregate(deepest=Max(Length("path")))["deepest"]
    if deepest - len(old) + len(new) > paths.LONGEST:
        raise Invalid(_("移到“%s”之下层级太深，请另选更高一级的上级工会。") % target.name)
    moved = rows.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    # Apart from the paths, so that the database need not check every row's parent again.
    UnionBody.objects.filter(pk=union.pk).update(parent=target)
    return moved


def _refuse_while_alive(union: UnionBody) -> None:
    if union.is_dissolved:
        raise WrongState(
            _("“%(union)s”已于 %(day)s 撤销。") % {"union": union.name, "day": union.dissolved_on}
        )
    if UnionBody.objects.filter(parent=union, dissolved_on__isnull=True).exists():
        raise WrongState(_("“%s”还有下级工会，请先移走或撤销它们。") % union.name)
    if union.member_count:
        raise WrongState(
            _("“%(union)s”还有 %(count)s 名会员，请先办理会籍转移。")
            % {"union": union.name, "count": union.member_count}
        )


def _free_employers(union: UnionBody, actor: Actor, principal_id: int | None) -> None:
    employers = list(Employer.objects.select_for_update(no_key=True).filter(union=union))
    Employer.objects.filter(union=union).update(union=None)
    links = [audit.Link(employer, "lose_union", {"union": None}, principal_id) for employer in employers]
    audit.append(links, actor=actor)
