"""The commands and their options. What they do is in the files beside this one."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress

import typer
from typer.main import get_command
from typer.rich_utils import rich_format_error

from tryon_cli import options as o
from tryon_cli.backends.backend import Packed
from tryon_cli.commands.collecting import Wishes, collect, new_collection
from tryon_cli.commands.exporting import Wanted
from tryon_cli.commands.exporting import export as export_all
from tryon_cli.commands.following import Follower
from tryon_cli.commands.pictures import Options, Traits, models, requests, suit
from tryon_cli.commands.plan_file import read_plan
from tryon_cli.commands.refining import GivenPictures
from tryon_cli.commands.refining import refine as refine_picture
from tryon_cli.commands.resuming import resume as resume_jobs
from tryon_cli.exit_codes import Exit
from tryon_cli.help_pages import NAMES, help_in
from tryon_cli.joining import Joining
from tryon_cli.opening import Common
from tryon_cli.outputs import Output
from tryon_cli.session import PROGRAM, Session, Work
from tryon_cli.words import Words, language_of
from tryon_core import (
    DEFAULT_COUNT,
    USUAL_PATTERN,
    CollectionOptions,
    GarmentType,
    Version,
    View,
    check_pattern,
)

SHOWN = 20  # jobs that are listed, unless all are asked for

commands = typer.Typer(
    help="program",
    epilog="codes",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # those repeat what variables hold
    context_settings={"help_option_names": NAMES},
)


def run(arguments: Sequence[str], joining: Joining, env: Mapping[str, str] | None = None) -> int:
    """Does what a command line says. Returns its exit code."""
    words = Words(language_of(arguments, os.environ if env is None else env))
    command = get_command(commands)
    help_in(words, command)
    out, err = Output(sys.stdout), Output(sys.stderr, quiet=True)
    session = Session(joining, words, out.text, err.text)
    with redirect_stdout(out.text), redirect_stderr(err.text):
        code = _code_of(command, arguments, session)
        with suppress(BrokenPipeError):
            out.flush()
        if out.code is Exit.AWAY:
            why = out.failure.strerror if out.failure else ""
            err.write(f"{words('no_output', why=why or '')}\n")
        err.flush()
    return max(code, out.code)


def _code_of(command: Callable[..., object], arguments: Sequence[str], session: Session) -> int:
    try:
        told = command(list(arguments), prog_name=" ".join(PROGRAM), obj=session, standalone_mode=False)
    except SystemExit as ended:
        return int(ended.code or 0)
    except typer.TyperException as wrong:
        # Typed by a class of the library's own, of which it uses what the public one has.
        rich_format_error(wrong)  # type: ignore[arg-type]
        if o.AS_JSON in arguments:
            session.misused(wrong.format_message())
        return wrong.exit_code
    return told if isinstance(told, int) else Exit.DONE


@commands.callback()
def program(language: o.Language = "") -> None:
    """What is before the commands. The language was looked for before: the help is in it, too."""


@commands.command("try-on", help="try_on")
def try_on(
    context: typer.Context,
    garment: o.GarmentFile,
    bottom: o.Bottom = "",
    kind: o.Kind = GarmentType.AUTO,
    model: o.Models = None,
    photo: o.Photos = None,
    gender: o.ModelGender = None,
    style: o.ModelStyle = None,
    age: o.ModelAge = None,
    body: o.ModelBody = None,
    view: o.Views = View.FULL_BODY,
    count: o.Count = DEFAULT_COUNT,
    version: o.VendorVersion = Version.STANDARD,
    quality_gate: o.QualityGate = False,
    trial: o.Trial = False,
    again: o.Again = False,
    vendor: o.Vendor = "",
    out: o.Out = o.PICTURES,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        words = follower.words
        worn = suit(words, garment, bottom, kind)
        by = models(words, model or (), photo or (), Traits(gender, style, age, body))
        asked = requests(worn, by, Options(view, count, version, quality_gate, trial))
        return await follower.begin(asked, out, vendor=vendor, again=again)

    _do(context, work, Common(server, login, data_dir, as_json))


@commands.command("refine", help="refine")
def refine(
    context: typer.Context,
    job: o.OneJob = "",
    picture: o.Number = 1,
    coarse: o.Coarse = "",
    person: o.Person = "",
    top: o.Top = "",
    bottom: o.RefinedBottom = "",
    gender: o.RefinedGender = None,
    again: o.Again = False,
    vendor: o.Vendor = "",
    out: o.Out = o.PICTURES,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        given = GivenPictures(coarse, person, top, bottom, gender)
        asked = await refine_picture(follower, job, picture, given)
        return await follower.begin([asked], out, vendor=vendor, again=again)

    _do(context, work, Common(server, login, data_dir, as_json))


@commands.command("collection", help="collection")
def collection(
    context: typer.Context,
    plan: o.PlanCsv,
    model: o.ColumnModels = None,
    view: o.Views = View.FULL_BODY,
    count: o.CellCount = DEFAULT_COUNT,
    version: o.VendorVersion = Version.STANDARD,
    quality_gate: o.QualityGate = False,
    trial: o.Trial = False,
    name: o.Name = "",
    only_plan: o.OnlyPlan = False,
    confirmed: o.Confirmed = False,
    again: o.CollectionAgain = False,
    vendor: o.Vendor = "",
    out: o.Out = o.PICTURES,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        words, options = follower.words, CollectionOptions(view, count, quality_gate, version, trial)
        asked = new_collection(words, read_plan(words, plan), model or (), options, name, vendor)
        return await collect(follower, asked, out, Wishes(only_plan, confirmed, again))

    _do(context, work, Common(server, login, data_dir, as_json))


@commands.command("jobs", help="jobs")
def jobs(
    context: typer.Context,
    every: o.Every = False,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        most = None if every else SHOWN
        follower.show.listed((await follower.backend.jobs())[:most])
        follower.show.exportable((await follower.backend.collections())[:most])
        return Exit.DONE

    _do(context, work, Common(server, login, data_dir, as_json))


@commands.command("resume", help="resume")
def resume(
    context: typer.Context,
    jobs: o.ResumedJobs = None,
    task_id: o.TaskId = "",
    out: o.ResumeOut = o.PICTURES,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        return await resume_jobs(follower, jobs or (), task_id, out)

    _do(context, work, Common(server, login, data_dir, as_json))


@commands.command("export", help="export")
def export(
    context: typer.Context,
    jobs: o.ExportedJobs = None,
    collection: o.ExportedCollections = None,
    pattern: o.Pattern = USUAL_PATTERN,
    labelled: o.Labelled = False,
    out: o.Out = o.PICTURES,
    server: o.Server = "",
    login: o.Login = "",
    data_dir: o.DataDir = None,
    as_json: o.AsJson = False,
    language: o.Language = "",
) -> None:
    async def work(follower: Follower) -> Exit:
        check_pattern(pattern)
        wanted = Wanted(jobs or (), collection or (), Packed(pattern, labelled))
        return await export_all(follower, wanted, out)

    _do(context, work, Common(server, login, data_dir, as_json))


def _do(context: typer.Context, work: Work, common: Common) -> None:
    session: Session = context.obj
    raise typer.Exit(session.run(work, common))
