"""The gate's one address; include it where the notice page shall be, say at `leaving/`."""

from django.urls import path

from region_gate.views import notice

app_name = "region_gate"
urlpatterns = [path("", notice, name="notice")]
