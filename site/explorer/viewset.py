"""The views of all pages, with our lists of them."""

from region_gate.authoring.findings_panel import FindingsPageViewSet

from .views import RegionalEditView, RegionalIndexView, RegionalSearchView, ToldMoveConfirmView


class RegionalPageViewSet(FindingsPageViewSet):
    """The gate's viewset, with the lists and the move that know of regions and redirects."""

    edit_view_class = RegionalEditView
    index_view_class = RegionalIndexView
    search_view_class = RegionalSearchView
    move_confirm_view_class = ToldMoveConfirmView
    columns = RegionalIndexView.base_columns
    filterset_class = RegionalIndexView.base_filterset_class
