"""One form from one template file: PDF with the Chinese font embedded, or Word with the offices' own fonts."""

import base64
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import pylopdf_fonts_zh_cn
import segno
import typst
from django.utils.translation import gettext_lazy as _
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

import niangjia
from niangjia.kernel import clock
from niangjia.kernel.documents.facts import Picture, QrCode, field_names, written
from niangjia.kernel.errors import Refused

# Templates may import the kernel's own parts, and read nothing outside the package.
ROOT = Path(niangjia.__file__).parent
ARCHIVABLE: Final = "a-2b"
CODE_WIDTH = Mm(60)
PICTURE_WIDTH = Mm(150)


UNKNOWN = re.compile(r"""(?:does not contain key|no attribute) ["'](\w+)["']|'(\w+)' is undefined""")


class BadTemplate(Refused):
    """The template itself is wrong, whatever the facts."""

    status = 500


def pdf(template: Path, facts: object) -> bytes:
    """The form as PDF/A; as plain PDF where somebody's text has a sign that the font lacks."""
    given = {"facts": json.dumps(written(facts, _drawn), ensure_ascii=False)}
    try:
        return _compiled(template, given, ARCHIVABLE)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise _explained(template, facts, str(error)) from error
    return _compiled(template, given, None)


def word(template: Path, facts: object) -> bytes:
    """The form as .docx, to be finished by hand. What stands in the facts is text, never a part of the template."""
    document = DocxTemplate(template)
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document.render(written(facts, lambda code: _picture(document, code)), jinja_env=environment)
    except TemplateError as error:
        raise _explained(template, facts, str(error)) from error
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@cache
def _fonts() -> typst.Fonts:
    """Read once: without that each form costs three times as much."""
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _compiled(template: Path, given: dict[str, str], standard: Literal["a-2b"] | None) -> bytes:
    return typst.compile(
        template,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=given,
        pdf_standards=standard,
        timestamp=int(clock.now().timestamp()),
    )


def _explained(template: Path, facts: object, said: str) -> BadTemplate:
    """Which field the template asks for in vain, where that is what is wrong."""
    unknown = re.search(
        r"""(?:does not contain key|no attribute|has no element) ["'](\w+)["']|'(\w+)' is undefined""", said
    )
    if unknown is None:
        return BadTemplate(
            _("打印模板“%(template)s”有错误，打印不了，数据没有变动。请把这句话告诉管理员：%(said)s")
            % {"template": template.name, "said": said.splitlines()[0][:200]}
        )
    return BadTemplate(
        _(
            "打印模板“%(template)s”里的字段“%(field)s”不存在。可用的字段有：%(known)s。请管理员改正模板后再打印。"
        )
        % {
            "template": template.name,
            "field": unknown[1] or unknown[2],
            "known": "、".join(field_names(facts)),
        }
    )


def _drawn(code: QrCode | Picture) -> str:
    """As SVG, which facts can hold as text; a picture lies in it as it is."""
    if isinstance(code, Picture):
        size = f'width="{code.width}" height="{code.height}"'
        data = base64.b64encode(code.content).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'
            f'<image {size} href="data:image/jpeg;base64,{data}"/></svg>'
        )
    return segno.make(code.content, error="m").svg_inline(border=0, omitsize=True)


def _picture(document: DocxTemplate, code: QrCode | Picture) -> Any:
    if isinstance(code, Picture):
        return InlineImage(document, io.BytesIO(code.content), width=PICTURE_WIDTH)
    image = io.BytesIO()
    segno.make(code.content, error="m").save(image, kind="png", scale=10, border=0)
    return InlineImage(document, image, width=CODE_WIDTH)
