"""A site without the gate's address."""

urlpatterns: list[object] = []
