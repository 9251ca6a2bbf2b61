from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssistanceConfig(AppConfig):
    name = "niangjia.assistance"
    label = "assistance"
    verbose_name = _("帮扶")

    def ready(self) -> None:
        from niangjia.assistance import (  # noqa: F401  declare themselves
            consents,
            facts,
            finding,
            followers,
            papers,
            publicity,
            renewal,
            workflow,
        )
        from niangjia.assistance.checks import answers, requesting  # noqa: F401  declare themselves
        from niangjia.assistance.pairing import workflow as pairing  # noqa: F401
        from niangjia.assistance.plans import workflow as plans  # noqa: F401
        from niangjia.assistance.provisions import roster  # noqa: F401  declares its action
        from niangjia.assistance.schooling import workflow as schooling  # noqa: F401
        from niangjia.assistance.spot_checks import workflow as spot_checks  # noqa: F401
        from niangjia.assistance.takeover import columns  # noqa: F401  declares steps and a sheet
        from niangjia.assistance.twinning import giving, projects  # noqa: F401  declare themselves
        from niangjia.assistance.twinning import workflow as twinning  # noqa: F401
        from niangjia.assistance.villages import dividends, postings  # noqa: F401  declare themselves
        from niangjia.assistance.villages import workflow as villages  # noqa: F401
        from niangjia.assistance.visits import actions, workbook  # noqa: F401  declare a job, words, a sheet
