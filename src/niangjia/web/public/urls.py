from django.urls import path

from niangjia.web.public import card

urlpatterns = [
    # Short, for it stands in a picture.
    path("c/<str:code>/", card.card_check, name="card_check"),
]
