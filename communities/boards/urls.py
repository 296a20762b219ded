"""Addresses with which the office keeps boards and cards."""

from django.urls import path

from communities.boards.views import cards, doing, looking, printing

app_name = "boards"
urlpatterns = [
    path("", looking.boards, name="list"),
    path("office/", cards.office, name="office"),
    path("cards/", cards.cards, name="cards"),
    path("cards/<str:username>/", cards.card, name="card"),
    path("cards/<str:username>/portrait/", cards.portrait, name="portrait"),
    path("cards/<str:username>/withdraw/", cards.withdraw, name="withdraw"),
    path("sheets/<str:size>/", printing.sheets, name="sheets"),
    path("sheets/<str:size>/<str:code>/", printing.sheet, name="sheet"),
    path("in/<str:code>/new/", doing.new_board, name="new"),
    path("photos/<int:pk>/<str:size>/", looking.photo, name="photo"),
    path("<int:pk>/", looking.board, name="board"),
    path("<int:pk>/change/", doing.change, name="change"),
    path("<int:pk>/confirm/", doing.confirm, name="confirm"),
    path("<int:pk>/take-down/", doing.take_down, name="take-down"),
]
