from django.urls import path

from uppsikt.jobs import views

app_name = "jobs"
urlpatterns = [path("jobb/<str:key>/", views.job, name="job")]
