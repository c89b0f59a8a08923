"""The options and arguments of the commands. Each help is a key of the texts; `help_in` puts them there."""

from pathlib import Path
from typing import Annotated

import typer

from tryon_core import MAX_COUNT, Age, Body, GarmentType, Gender, PersonGender, Style, Version, View


def _folder(named: str) -> Path | None:
    """None for an empty name, as an unset variable gives it: for a path that is the current folder."""
    return Path(named) if named else None


GarmentFile = Annotated[str, typer.Argument(help="garment")]
Bottom = Annotated[str, typer.Option("--bottom", help="bottom")]
Kind = Annotated[GarmentType, typer.Option("--type", help="type")]
Models = Annotated[list[str] | None, typer.Option("--model", help="model")]
Photos = Annotated[list[str] | None, typer.Option("--photo", help="photo")]
ModelGender = Annotated[Gender | None, typer.Option("--gender", help="model_gender")]
ModelStyle = Annotated[Style | None, typer.Option("--style", help="style")]
ModelAge = Annotated[Age | None, typer.Option("--age", help="age")]
ModelBody = Annotated[Body | None, typer.Option("--body", help="body")]
Views = Annotated[View, typer.Option("--view", help="view")]
Count = Annotated[int, typer.Option("--count", help="count", min=1, max=MAX_COUNT)]
VendorVersion = Annotated[Version, typer.Option("--version", help="version")]
QualityGate = Annotated[bool, typer.Option("--quality-gate", help="quality_gate")]
Trial = Annotated[bool, typer.Option("--trial", help="trial")]
Again = Annotated[bool, typer.Option("--again", help="again")]
Vendor = Annotated[str, typer.Option("--vendor", help="vendor")]

PlanCsv = Annotated[Path, typer.Argument(help="plan_csv")]
ColumnModels = Annotated[list[str] | None, typer.Option("--model", help="column_model")]
CellCount = Annotated[int, typer.Option("--count", help="cell_count", min=1, max=MAX_COUNT)]
OnlyPlan = Annotated[bool, typer.Option("--plan", help="only_plan")]
Confirmed = Annotated[bool, typer.Option("--yes", help="confirmed")]
CollectionAgain = Annotated[bool, typer.Option("--again", help="collection_again")]
Name = Annotated[str, typer.Option("--name", help="name")]

OneJob = Annotated[str, typer.Argument(help="refined_job")]
Number = Annotated[int, typer.Option("--picture", help="picture", min=1)]
Coarse = Annotated[str, typer.Option("--coarse", help="coarse")]
Person = Annotated[str, typer.Option("--person", help="person")]
Top = Annotated[str, typer.Option("--top", help="top")]
RefinedBottom = Annotated[str, typer.Option("--bottom", help="refined_bottom")]
RefinedGender = Annotated[PersonGender | None, typer.Option("--gender", help="person_gender")]

ResumedJobs = Annotated[list[str] | None, typer.Argument(help="resumed_jobs")]
ExportedJobs = Annotated[list[str] | None, typer.Argument(help="exported_jobs")]
ExportedCollections = Annotated[list[str] | None, typer.Option("--collection", help="exported_collections")]
Pattern = Annotated[str, typer.Option("--pattern", help="pattern")]
Labelled = Annotated[bool, typer.Option("--labelled", help="labelled")]
TaskId = Annotated[str, typer.Option("--task-id", help="task_id")]
Every = Annotated[bool, typer.Option("--all", help="all")]

Out = Annotated[Path, typer.Option("--out", help="out")]
ResumeOut = Annotated[Path, typer.Option("--out", help="resume_out")]
Server = Annotated[str, typer.Option("--server", help="server")]
Login = Annotated[str, typer.Option("--login", help="login")]
DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="data_dir", parser=_folder, metavar="<path>")
]
AS_JSON = "--json"
AsJson = Annotated[bool, typer.Option(AS_JSON, help="json")]
Language = Annotated[str, typer.Option("--language", help="language")]

PICTURES = Path("pictures")
