from django.urls import path

from niangjia.web.public import card, figures, hints, join, notices, points

urlpatterns = [
    path("hint/", hints.hint, name="hint"),
    path("hint/thanks/", hints.hint_thanks, name="hint_thanks"),
    path("near/", points.points_near, name="points_near"),
    path("near/<uuid:public_id>/", points.point_near, name="point_near"),
    # Short, for it stands in a picture.
    path("c/<str:code>/", card.card_check, name="card_check"),
    path("board/<str:number>/", notices.board, name="notice_board"),
    path("notice/<uuid:public_id>/", notices.public_notice, name="public_notice"),
    path("notice/<uuid:public_id>/object/", notices.object_to, name="object_to"),
    path("objection/", notices.objection_lookup, name="objection_lookup"),
    path("objection/<str:receipt>/", notices.objection_outcome, name="objection_outcome"),
    path("published/", figures.published, name="published"),
    path("published/<str:number>/", figures.published_by, name="published_by"),
    path("join/", join.join_anywhere, name="join_anywhere"),
    path("join/<str:number>/", join.join, name="join"),
]
