"""Views and table macros of the series that an analyst plots, over the facts."""

from __future__ import annotations

from warehouse.series.aid_series import AID_VIEWS
from warehouse.series.attack_series import ATTACK_VIEWS, attack_series_select
from warehouse.series.meeting_series import MEETING_VIEWS

# By name, in the order in which they must be created.
SERIES_VIEWS = {**ATTACK_VIEWS, **AID_VIEWS, **MEETING_VIEWS}
# By name: parameters and SELECT.
SERIES_MACROS = {"attack_series": ("boundary, step", attack_series_select("boundary", "step"))}
