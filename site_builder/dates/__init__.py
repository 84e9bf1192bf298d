"""Dates as they are known: EDTF (ISO 8601-2:2019), levels 0 and 1 whole, and one-of sets from level 2."""

from __future__ import annotations

from site_builder.dates.calendar import Day
from site_builder.dates.edtf import Edtf, Limit, Span, parse, understand
from site_builder.dates.points import Clock, DateError, Point, Precision

__all__ = ["Clock", "DateError", "Day", "Edtf", "Limit", "Point", "Precision", "Span", "parse", "understand"]
