"""What a shelf may hold: the classes of the values that steps of a build give."""

from __future__ import annotations

from dataclasses import is_dataclass

from site_builder import bodies, charts, diagnostics, geography, model, projection
from site_builder.dates import Edtf, parse
from site_builder.documents import Contents, Document
from site_builder.packing import Packer
from site_builder.reading import Read, Record
from site_builder.rendering import Made
from site_builder.typography import Typography

PACKER = Packer(
    (
        *(kind for kind in vars(model).values() if is_dataclass(kind) and isinstance(kind, type)),
        *(bodies.Citation, bodies.Notes, bodies.Link),
        *(diagnostics.Diagnostic, diagnostics.Location, diagnostics.Severity),
        *(charts.Chart, geography.Drawing, geography.Room, projection.View),
        *(Contents, Document, Read, Record, Made, Typography),
    ),
    spelled={Edtf: parse},
    shared=(Document,),
)
