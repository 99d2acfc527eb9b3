from django.urls import path

from uppsikt.files import views

app_name = "files"
urlpatterns = [path("filer/<slug:digest>", views.picture, name="picture")]
