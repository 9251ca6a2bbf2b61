"""What every template knows besides its own data."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from niangjia.web.shell import identity, navigation, posts

LARGE = "large"
TYPE_COOKIE = "type_size"
# The language a page offers besides its own, named in itself.
OTHER_LANGUAGE = {
    "zh-hans": {"code": "en", "tag": "en", "name": "English"},
    "en": {"code": "zh-hans", "tag": "zh-CN", "name": "中文"},
}


def shell(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    language = get_language() or "zh-hans"
    return {
        "actor": actor,
        # Keeps one account's drafts from the next one's eyes in the same tab.
        "account_mark": actor.user_id if actor else "",
        "navigation": SimpleLazyObject(lambda: navigation.workbench(request, actor)),
        "tabs": SimpleLazyObject(lambda: navigation.portal(request)),
        "posts": SimpleLazyObject(lambda: posts.held_by(actor)),
        "search_url": navigation.address("search"),
        "is_demo": settings.DEMO,
        "lacks_second_factor": SimpleLazyObject(lambda: bool(actor and identity.lacks_second_factor(actor))),
        "html_lang": "zh-CN" if language.startswith("zh") else language,
        "other_language": OTHER_LANGUAGE["zh-hans" if language.startswith("zh") else "en"],
        "here": request.get_full_path(),
        "is_large": request.COOKIES.get(TYPE_COOKIE) == LARGE,
    }
