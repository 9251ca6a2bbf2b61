"""How lines of notices follow a person whose two registrations become one."""

from django.utils.translation import gettext_lazy as _

from niangjia.membership.duplicates.following import follow
from niangjia.notices.models import NoticeLine

follow(NoticeLine, label=_("公示名单"))
