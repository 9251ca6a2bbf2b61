"""Printing 打印: a row as a form. Masked it is free; in full it asks a reason, like every full view."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.documents.declaration import Copy, Template
from niangjia.kernel.documents.rendering import pdf, word
from niangjia.kernel.errors import Invalid, Missing, NotAllowed
from niangjia.kernel.reveal import SHORTEST_REASON
from niangjia.kernel.workflow.engine import ACTION_LABELS

ACTION_LABELS["print"] = _("打印")


class Form(Enum):
    """As what a form is handed over: suffix and media type."""

    PDF = ("pdf", "application/pdf")
    WORD = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")

    @property
    def suffix(self) -> str:
        return self.value[0]

    @property
    def media_type(self) -> str:
        return self.value[1]

    @classmethod
    def of(cls, suffix: str) -> "Form":
        for form in cls:
            if form.suffix == suffix:
                return form
        raise Missing(_("没有这种文件格式，请选 PDF 或 Word。"))

    @property
    def label(self) -> str:
        return "PDF" if self is Form.PDF else "Word"


@dataclass(frozen=True)
class Printed:
    """A finished form. Its name says which form, never whose."""

    name: str
    media_type: str
    content: bytes


class Source(Protocol):
    """Where the two files of a form lie."""

    @property
    def typst(self) -> Path: ...

    @property
    def word(self) -> Path: ...


def needs_reason(template: Template, row: Any, actor: Actor) -> bool:
    """Whether seeing everything takes a reason."""
    return template.is_personal and not template.is_own(row, actor)


def forms_of(template: Template) -> list[Form]:
    return [form for form in Form if form is Form.PDF or template.has_word]


def print_out(
    template: Template, row: Any, form: Form, *, actor: Actor, copy: Copy, reason: str = ""
) -> Printed:
    """The caller has found the row by `template.find`. Nothing is recorded where nothing beyond the page is shown."""
    if not template.is_open_to(row, actor):
        raise NotAllowed(_("您的岗位不能打印“%s”，请联系本单位的组织管理员调整任职。") % template.label)
    if form not in forms_of(template):
        raise Missing(_("“%s”只有 PDF，请选 PDF 打印。") % template.label)
    copy = replace(copy, reader=actor)
    if not needs_reason(template, row, actor):
        own = replace(copy, in_full=True, is_own=template.is_own(row, actor))
        return filled(template, _facts(template, row, own), form, template.label)
    if copy.in_full:
        reason = must_give_reason(reason)
    printed = filled(template, _facts(template, row, copy), form, template.label)
    if copy.in_full:
        said = in_chinese(lambda: f"{template.label}：{reason}")
        with transaction.atomic():
            audit.record(row, "print", actor=actor, changes={"template": template.name}, remark=said)
    return printed


def in_chinese(write: Callable[[], Any]) -> Any:
    """Forms and what the trail says of them are Chinese, whatever language the page is in."""
    with translation.override("zh-hans"):
        return write()


def _facts(template: Template, row: Any, copy: Copy) -> object:
    return in_chinese(lambda: template.facts(row, copy))


def filled(template: Source, facts: object, form: Form, name: object) -> Printed:
    content = pdf(template.typst, facts) if form is Form.PDF else word(template.word, facts)
    return Printed(f"{name}.{form.suffix}", form.media_type, content)


def must_give_reason(reason: str) -> str:
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        sentence = _(
            "请写明打印完整证件号码等内容的原因，至少 4 个字，例如“存入纸质档案”。它会记入审计记录。"
        )
        raise Invalid(sentence, {"reason": [str(sentence)]})
    return reason
