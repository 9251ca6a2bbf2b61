"""Full view 查看全文: a masked text in the clear, for a reason that is written to the audit trail."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import audit
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid
from niangjia.kernel.fields import EncryptedTextField

SHORTEST_REASON = 4


def reveal(row: models.Model, field: str, *, actor: Actor, reason: str) -> str:
    """The text of one sealed field. The caller has checked that the actor may see the row."""
    if not isinstance(row._meta.get_field(field), EncryptedTextField):
        raise TypeError(f"{row._meta.label}.{field} is not sealed, so it needs no reason to be seen")
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        raise Invalid(_("请写明查看的原因，至少 4 个字，例如“电话核实住址”。它会记入审计记录。"))
    with transaction.atomic():
        text = str(getattr(row, field))
        audit.record(row, "reveal", actor=actor, changes={field: text}, remark=reason)
    return text
