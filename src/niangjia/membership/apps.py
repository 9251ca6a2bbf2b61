from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "niangjia.membership"
    label = "membership"
    verbose_name = _("会员")

    def ready(self) -> None:
        from niangjia.kernel.messages import register_address_book
        from niangjia.membership import papers, realname, workflow  # noqa: F401  declare themselves
        from niangjia.membership.addresses import Phonebook
        from niangjia.membership.cards import actions  # noqa: F401  declares a job
        from niangjia.membership.duplicates import own_followers  # noqa: F401
        from niangjia.membership.duplicates import workflow as duplicates  # noqa: F401  declare themselves
        from niangjia.membership.roster import columns  # noqa: F401  declares the sheet

        register_address_book(Phonebook())
