"""Days that the region decides. Defaults are the proposals of the field; a region's own rule overrides them."""

from django.utils.translation import gettext_lazy as _

from niangjia.organisation.parameters import declare

REVIEW_DAYS = declare(
    "hardship.review_days", label=_("困难职工申请初审"), unit="working_days", default=5,
    source=_("义乌：单位工会在申请后 5 日内完成调查"),
).name  # fmt: skip
VISIT_DAYS = declare(
    "hardship.visit_days", label=_("入户核查"), unit="working_days", default=10, source=_("本系统建议值")
).name
PUBLISH_DAYS = declare(
    "hardship.publish_days", label=_("核查后发起公示"), unit="working_days", default=3, source=_("本系统建议值")
).name
NOTICE_DAYS = declare(
    "hardship.publicity_days", label=_("公示期"), unit="working_days", default=5,
    source=_("多地办法：公示不少于 5 个工作日"),
).name  # fmt: skip
APPROVAL_DAYS = declare(
    "hardship.approval_days", label=_("审批"), unit="working_days", default=5, source=_("本系统建议值")
).name
FILING_DAYS = declare(
    "hardship.filing_days", label=_("归档"), unit="working_days", default=5, source=_("本系统建议值")
).name
CORRECTION_DAYS = declare(
    "hardship.correction_days", label=_("申请人补正"), unit="working_days", default=15, source=_("本系统建议值")
).name
