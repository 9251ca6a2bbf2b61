"""What somebody agrees to who is named in a notice."""

from django.utils.translation import gettext_lazy as _

from niangjia.membership.consents.purposes import Purpose

PUBLICITY = Purpose(
    "publicity",
    _("公示"),
    _(
        "按规定，困难建档和救助要先公示，接受监督。只公示姓和*、单位、类别，政策要求时加金额；"
        "不公示证件号码、电话、住址、病情和孩子的学校。公示期满自动撤下。"
        "您可以随时撤回：正在公示的当天撤下，这件事停在公示前，同意后才能继续。"
    ),
)
