from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationConfig(AppConfig):
    name = "niangjia.organisation"
    label = "organisation"
    verbose_name = _("组织")

    def ready(self) -> None:
        from niangjia.kernel.access import register_directory
        from niangjia.organisation import papers  # noqa: F401  declares the forms
        from niangjia.organisation.building import workflow  # noqa: F401  declares the workflow
        from niangjia.organisation.directory import OrganisationDirectory

        register_directory(OrganisationDirectory())
