"""Official forms: PDF by Typst and Word by docxtpl, from the same typed facts; who may print; what is issued.

A domain keeps `NAME.typ` and `NAME.docx` in its `papers/` and declares a `Template` beside them. Facts never become
part of a template: what people wrote comes out as they wrote it.
"""

from niangjia.kernel.documents.declaration import (
    LETTERS,
    TEMPLATES,
    Copy,
    Letter,
    Template,
    letter_named,
    letters_for,
    template_named,
    templates_for,
)
from niangjia.kernel.documents.facts import Picture, QrCode, Tick, ticked
from niangjia.kernel.documents.issuing import (
    asks_reason,
    issue,
    issued_about,
    issued_document,
    reprint,
    void,
)
from niangjia.kernel.documents.models import IssuedDocument
from niangjia.kernel.documents.printing import Form, Printed, forms_of, needs_reason, print_out
from niangjia.kernel.documents.rendering import BadTemplate, pdf, word

__all__ = [
    "LETTERS",
    "TEMPLATES",
    "BadTemplate",
    "Copy",
    "Form",
    "IssuedDocument",
    "Letter",
    "Picture",
    "Printed",
    "QrCode",
    "Template",
    "Tick",
    "asks_reason",
    "forms_of",
    "issue",
    "issued_about",
    "issued_document",
    "letter_named",
    "letters_for",
    "needs_reason",
    "pdf",
    "print_out",
    "reprint",
    "template_named",
    "templates_for",
    "ticked",
    "void",
    "word",
]
