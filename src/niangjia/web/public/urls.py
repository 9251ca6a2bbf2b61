from django.urls import path

from niangjia.web.public import card, hints, join

urlpatterns = [
    path("hint/", hints.hint, name="hint"),
    path("hint/thanks/", hints.hint_thanks, name="hint_thanks"),
    # Short, for it stands in a picture.
    path("c/<str:code>/", card.card_check, name="card_check"),
    path("join/", join.join_anywhere, name="join_anywhere"),
    path("join/<str:number>/", join.join, name="join"),
]
