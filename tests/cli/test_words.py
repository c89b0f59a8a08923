"""What the command line says: in every language, with the same parameters; and in which one."""

from __future__ import annotations

import string

import pytest
from typer.main import get_command

from tryon_cli.command_line import commands
from tryon_cli.exit_codes import Exit
from tryon_cli.help_pages import help_in
from tryon_cli.words import OWNER, Words, clock, language_of, languages
from tryon_core import JobState
from tryon_core.sentences import texts_of

WORDS = {language: Words(language) for language in languages()}


def named(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_every_text_is_in_every_language_with_the_same_parameters(language: str) -> None:
    english, other = texts_of(OWNER), texts_of(OWNER, language)
    assert list(english) == list(other) and len(english) > 50
    assert {key for key in english if named(english[key]) != named(other[key])} == set()


@pytest.mark.parametrize("language", languages())
def test_every_state_has_its_words(language: str) -> None:
    assert all(WORDS[language](f"state.{state}") for state in JobState)
    assert all(WORDS[language](f"ended.{state}", took="0:01") for state in JobState if state.ended)


@pytest.mark.parametrize("language", languages())
def test_every_command_and_every_option_explains_itself(language: str) -> None:
    command = get_command(commands)
    help_in(WORDS[language], command)
    below = list(command.commands.values())  # type: ignore[attr-defined]
    helps = [one.help for one in below] + [param.help for one in below for param in one.params]
    texts = set(texts_of(OWNER, language).values())
    assert len(helps) > 30 and [text for text in helps if text not in texts] == []


@pytest.mark.parametrize("language", languages())
def test_the_help_lists_every_exit_code(language: str) -> None:
    listed = WORDS[language]("help.codes")
    assert [code for code in Exit if str(int(code)) not in listed] == []


@pytest.mark.parametrize(
    ("arguments", "env", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ([], {"LANG": "de_AT.UTF-8", "LC_ALL": ""}, "en"),
        (["jobs", "--language", "zh"], {"LANG": "en_GB.UTF-8"}, "zh"),
        (["--language=zh-Hans", "jobs"], {}, "zh"),
        (["jobs", "--language", "en"], {"LANG": "zh"}, "en"),
        (["jobs", "--language"], {}, "en"),
    ],
)
def test_the_language_is_the_one_that_is_asked_for(
    arguments: list[str], env: dict[str, str], language: str
) -> None:
    assert language_of(arguments, env) == language


def test_times_are_read_as_on_a_clock() -> None:
    assert [clock(seconds) for seconds in (-1, 41.9, 725, 3725)] == ["0:00", "0:41", "12:05", "1:02:05"]


@pytest.mark.parametrize("language", languages())
def test_the_folder_of_a_resume_is_explained_as_what_it_is(language: str) -> None:
    command = get_command(commands)
    help_in(WORDS[language], command)
    below = command.commands  # type: ignore[attr-defined]
    told = {
        name: next(param.help for param in one.params if param.name == "out")
        for name, one in below.items()
        if name != "jobs"
    }
    assert told.pop("resume") == WORDS[language]("option.resume_out")
    assert set(told.values()) == {WORDS[language]("option.out")}
