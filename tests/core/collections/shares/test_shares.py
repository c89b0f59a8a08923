"""Links to collections: what they show, to whom, for how long, and what is said under them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.core.collections.making import done, rail
from tests.core.fakes import JumpingClock, ScriptedVendors, finished
from tests.core.test_studio import ANN, BEN, open_house
from tryon_core import (
    UNSAID,
    CellState,
    Collection,
    CollectionNotFound,
    FilePicture,
    InvalidRequest,
    NewShare,
    PasswordNeeded,
    Refinement,
    Secret,
    ShareEnded,
    ShareNotFound,
    ShareRevoked,
    Shares,
    Studio,
    Unsaid,
    Verdict,
    in_language,
    usual_name,
)
from tryon_core.clock import Clock
from tryon_core.collections.shares.page import garments_shown, pictures_wanted
from tryon_core.units import DAY_S

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


class SetClock(JumpingClock):
    """Jumps while the jobs run; then its time is set by hand."""

    still = False

    async def sleep(self, seconds: float) -> None:
        if not self.still:
            return await super().sleep(seconds)
        await asyncio.sleep(0.01)
        return None


@asynccontextmanager
async def shared(folder: Path, clock: Clock | None = None) -> AsyncIterator[tuple[Studio, Collection]]:
    """A studio with Ann's collection of two garments on two models, each cell with two pictures."""
    async with open_house(folder, ScriptedVendors(queries=[finished("a.png", "b.png")]), clock) as studio:
        made = await studio.collections.create(rail(folder, count=2), visitor=ANN)
        ended = await done(studio, made)
        if isinstance(clock, SetClock):
            clock.still = True
        yield studio, ended


def names_of(collection: Collection) -> list[tuple[str, str]]:
    return [(c.job.id, picture.name) for c in collection.cells if c.job for picture in c.job.pictures]


async def test_a_link_shows_all_pictures_by_garment_and_model_to_whoever_has_it(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(lead=" Say\nyes ", shared_by="Lea"), visitor=ANN)
        page = await shares.page(link.token)
        assert (page.title, page.lead, page.shared_by) == (collection.name, "Say yes", "Lea")
        assert [garment.name for garment in page.garments] == ["Shirt", "Shirt"]
        assert [picture.model for picture in page.garments[0].pictures] == ["Model 1"] * 2 + ["Model 2"] * 2
        assert [picture.number for picture in page.pictures] == list(range(1, 9)) and page.left == 8
        found = await shares.picture(link.token, 3)
        assert found == names_of(collection)[2] and await shares.picture(link.token, 9) is None
        photo = await shares.photo(link.token, page.garments[0].id)
        assert isinstance(photo, FilePicture) and photo.path.is_file()


async def test_the_address_of_a_garments_photo_is_of_that_garment_alone(
    tmp_path: Path,
) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(), visitor=ANN)
        one, two = (garment.id for garment in collection.garments)
        before = await shares.photo(link.token, one)
        await studio.collections.reorder(collection.id, garments=[two, one], visitor=ANN)
        assert [garment.id for garment in (await shares.page(link.token)).garments] == [two, one]
        assert await shares.photo(link.token, one) == before
        assert await shares.photo(link.token, "1") is None


async def test_only_what_was_chosen_is_shown_in_the_order_of_the_collection(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        every = names_of(collection)
        new = NewShare(pictures=(every[6], every[1]))
        link = await studio.collections.shares.create(collection.id, new, visitor=ANN)
        page = await studio.collections.shares.page(link.token)
        assert [len(garment.pictures) for garment in page.garments] == [1, 1]
        assert await studio.collections.shares.picture(link.token, 1) == every[1]
        assert await studio.collections.shares.picture(link.token, 2) == every[6]


async def test_a_title_names_the_garments_that_are_shown_unless_the_visitor_gave_a_name(
    tmp_path: Path,
) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        only_one = NewShare(pictures=tuple(names_of(collection)[:2]))
        assert (await shares.create(collection.id, NewShare(), visitor=ANN)).title == collection.name
        assert (await shares.create(collection.id, only_one, visitor=ANN)).title == "Shirt"
        listed = in_language(usual_name(["Shirt", "Shirt"]), "zh")  # as the page calls it
        await studio.collections.rename(collection.id, listed, visitor=ANN)
        assert (
            (await shares.create(collection.id, NewShare(), visitor=ANN)).title == listed != collection.name
        )
        assert (await shares.create(collection.id, only_one, visitor=ANN)).title == "Shirt"
        await studio.collections.rename(collection.id, "Spring", visitor=ANN)
        assert (await shares.create(collection.id, only_one, visitor=ANN)).title == "Spring"


async def test_a_refined_picture_takes_the_place_of_its_first_and_both_can_be_named(tmp_path: Path) -> None:
    async with shared(tmp_path) as (_, collection):
        better = replace(collection.cells[0].job, id="better") if collection.cells[0].job else None
        every = names_of(collection)
        made = Refinement("r", every[0][0], 1, CellState.SUCCEEDED, better)
        told = replace(collection, refinements=(made,))
        of_better = ("better", every[1][1])  # the last one that a refiner made
        assert pictures_wanted(told, ()) == (of_better, *every[1:])
        assert pictures_wanted(told, (every[0], of_better)) == (every[0], of_better)
        (garment,) = garments_shown(told, (every[0], of_better), {})
        assert [(one.number, one.model) for one in garment.pictures] == [(1, "Model 1"), (2, "Model 1")]


async def test_a_link_shows_and_takes_nothing_while_its_collection_is_deleted(tmp_path: Path) -> None:
    async with shared(tmp_path, SetClock()) as (studio, collection):
        collections, shares = studio.collections, studio.collections.shares
        token = (await shares.create(collection.id, NewShare(), visitor=ANN)).token
        await shares.introduce(token, "Tom", reviewer="t" * 32)
        await collections.delete(collection.id, with_jobs=False, visitor=ANN)
        for call in (shares.picture(token, 1), shares.vote(token, 1, Verdict.YES, "", reviewer="t" * 32)):
            with pytest.raises(ShareNotFound):
                await call
        await collections.undo(collection.id, visitor=ANN)
        assert await shares.picture(token, 1)


async def test_pictures_of_somewhere_else_cannot_be_shared(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        new = NewShare(pictures=(names_of(collection)[0], ("0" * 40, "hoodie-1.png")))
        with pytest.raises(InvalidRequest, match=r"(?i)pictures"):
            await studio.collections.shares.create(collection.id, new, visitor=ANN)
        with pytest.raises(CollectionNotFound):
            await studio.collections.shares.create(collection.id, NewShare(), visitor=BEN)


@pytest.mark.parametrize("change", [0, 3, 12, 13, 20, 36])
async def test_a_link_of_another_letter_shows_nothing(tmp_path: Path, change: int) -> None:
    async with shared(tmp_path) as (studio, collection):
        token = (await studio.collections.shares.create(collection.id, NewShare(), visitor=ANN)).token
        other = token[:change] + ("x" if token[change] != "x" else "y") + token[change + 1 :]
        for wrong in (other, token[:-1], token[:12], "", "\ud800", f"{token}\n"):
            with pytest.raises(ShareNotFound):
                await studio.collections.shares.page(wrong)


async def test_a_link_ends_on_its_day_and_can_be_closed_before(tmp_path: Path) -> None:
    clock = SetClock()
    async with shared(tmp_path, clock) as (studio, collection):
        shares = studio.collections.shares
        first = await shares.create(collection.id, NewShare(days=2), visitor=ANN)
        second = await shares.create(collection.id, NewShare(days=2), visitor=ANN)
        with pytest.raises(ShareNotFound):
            await shares.revoke(second.id, visitor=BEN)
        await shares.revoke(second.id, visitor=ANN)
        with pytest.raises(ShareRevoked):
            await shares.picture(second.token, 1)
        clock.time += 2 * DAY_S - 1
        assert await shares.picture(first.token, 1)
        clock.time += 1
        late = shares.vote(first.token, 1, Verdict.YES, "", reviewer="t" * 32)
        for look in (shares.page(first.token), shares.unlock(first.token, ""), late):
            with pytest.raises(ShareEnded):
                await look
        assert [share.is_open(clock.time) for share in await shares.list(collection.id, visitor=ANN)] == [
            False,
            False,
        ]


async def test_opening_is_counted_for_the_owner(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(), visitor=ANN)
        await shares.page(link.token)
        await shares.page(link.token, opened=True)
        await shares.page(link.token, opened=True)
        (seen,) = await shares.list(collection.id, visitor=ANN)
        assert seen.opened == 2 and seen.last_opened_at is not None


async def test_with_a_password_nothing_is_seen_without_it(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(password=Secret("open sesame")), visitor=ANN)
        other = await shares.create(collection.id, NewShare(password=Secret("open sesame")), visitor=ANN)
        assert link.has_password
        key = await shares.unlock(link.token, "open sesame")
        assert (await shares.page(link.token, key=key)).pictures
        for wrong in ("", "open sesame", await shares.unlock(other.token, "open sesame")):
            for look in (
                shares.page(link.token, key=wrong),
                shares.picture(link.token, 1, key=wrong),
                shares.photo(link.token, collection.garments[0].id, key=wrong),
                shares.introduce(link.token, "Tom", key=wrong, reviewer="tom"),
                shares.vote(link.token, 1, Verdict.YES, "", key=wrong, reviewer="tom"),
            ):
                with pytest.raises(PasswordNeeded):
                    await look


@pytest.mark.parametrize(("set_as", "typed"), [("  päss wörd ", " päss wörd"), ("sesame", "sesame\n")])
async def test_blanks_around_a_password_are_no_part_of_it(tmp_path: Path, set_as: str, typed: str) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(password=Secret(set_as)), visitor=ANN)
        key = await shares.unlock(link.token, typed)
        assert (await shares.page(link.token, key=key)).pictures


async def test_after_five_wrong_passwords_a_guesser_waits_longer_each_time(tmp_path: Path) -> None:
    clock = SetClock()
    async with shared(tmp_path, clock) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(password=Secret("open sesame")), visitor=ANN)
        told = []
        for _ in range(5):
            with pytest.raises(PasswordNeeded) as wrong:
                await shares.unlock(link.token, "guess")
            told.append((wrong.value.left, wrong.value.wait_s))
        assert told == [(4, 0), (3, 0), (2, 0), (1, 0), (0, 900)]
        with pytest.raises(PasswordNeeded) as locked:
            await shares.unlock(link.token, "open sesame")
        assert not locked.value.wrong and locked.value.wait_s == 900
        clock.time += 900
        assert await shares.unlock(link.token, "open sesame")
        with pytest.raises(PasswordNeeded) as again:
            await shares.unlock(link.token, "guess")
        assert again.value.left == 4
        for _ in range(4):
            with pytest.raises(PasswordNeeded) as again:
                await shares.unlock(link.token, "guess")
        clock.time += again.value.wait_s
        for _ in range(5):
            with pytest.raises(PasswordNeeded) as again:
                await shares.unlock(link.token, "guess")
        assert again.value.wait_s == 1800


async def test_who_guesses_keeps_nobody_else_out(tmp_path: Path) -> None:
    async with shared(tmp_path, SetClock()) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(password=Secret("open sesame")), visitor=ANN)
        inside = await shares.unlock(link.token, "open sesame", guesser="203.0.113.5")
        for _ in range(6):
            with pytest.raises(PasswordNeeded) as shut:
                await shares.unlock(link.token, "guess", guesser="198.51.100.1")
        assert (shut.value.left, shut.value.wait_s) == (0, 900)
        with pytest.raises(PasswordNeeded) as gate:
            await shares.page(link.token, guesser="192.0.2.7")
        assert (gate.value.left, gate.value.wait_s) == (5, 0)
        assert await shares.unlock(link.token, "open sesame", guesser="192.0.2.7") == inside
        assert (await shares.page(link.token, key=inside, guesser="198.51.100.1")).pictures


async def test_a_lock_of_a_clock_that_was_ahead_does_not_outlast_its_quarter_of_an_hour(
    tmp_path: Path,
) -> None:
    clock = SetClock()
    async with shared(tmp_path, clock) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(password=Secret("open sesame")), visitor=ANN)
        clock.time += DAY_S
        for _ in range(5):
            with pytest.raises(PasswordNeeded):
                await shares.unlock(link.token, "guess")
        clock.time -= DAY_S - 60
        assert await shares.unlock(link.token, "open sesame")


async def test_votes_and_words_are_the_reviewers_own_and_the_owner_sees_all(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(shared_with=" Anna\n& Co "), visitor=ANN)
        await shares.introduce(link.token, " Tom \n Weber", reviewer="toms browser")
        await shares.introduce(link.token, "Ida", reviewer="idas browser")
        await shares.vote(link.token, 1, Verdict.YES, "", reviewer="toms browser")
        await shares.vote(link.token, 1, Verdict.YES, "Good\ndrape", reviewer="toms browser")
        await shares.vote(link.token, 1, Verdict.NO, "", reviewer="idas browser")
        await shares.vote(link.token, 2, Verdict.NO, "", reviewer="idas browser")
        await shares.vote(link.token, 2, None, "", reviewer="idas browser")  # taken back
        toms = await shares.page(link.token, reviewer="toms browser")
        assert (toms.reviewer, toms.left) == ("Tom Weber", 7)
        assert (toms.pictures[0].verdict, toms.pictures[0].word) == (Verdict.YES, "Good drape")
        assert (await shares.page(link.token)).left == 8
        votes = await shares.votes(collection.id, visitor=ANN)
        first = names_of(collection)[0]
        assert {v.reviewer: (v.verdict, v.word) for v in votes} == {
            "Tom Weber": (Verdict.YES, "Good drape"),
            "Ida": (Verdict.NO, ""),
        }
        assert [(vote.job_id, vote.picture) for vote in votes] == [first] * 2
        assert {vote.shared_with for vote in votes} == {link.shared_with} == {"Anna & Co"}
        with pytest.raises(CollectionNotFound):
            await shares.votes(collection.id, visitor=BEN)


async def test_a_word_leaves_the_yes_as_it_is_and_a_yes_the_word(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(), visitor=ANN)
        await shares.introduce(link.token, "Tom", reviewer="tom")

        async def said(verdict: Verdict | Unsaid | None, word: str | Unsaid) -> tuple[Verdict | None, str]:
            await shares.vote(link.token, 1, verdict, word, reviewer="tom")
            picture = (await shares.page(link.token, reviewer="tom")).pictures[0]
            return picture.verdict, picture.word

        assert await said(UNSAID, "Shorter") == (None, "Shorter")
        assert await said(Verdict.YES, UNSAID) == (Verdict.YES, "Shorter")
        assert await said(UNSAID, "Longer") == (Verdict.YES, "Longer")
        assert await said(None, UNSAID) == (None, "Longer")
        assert await said(UNSAID, UNSAID) == (None, "Longer")
        assert await said(UNSAID, "") == (None, "")
        assert await shares.votes(collection.id, visitor=ANN) == ()


async def refused(shares: Shares, token: str) -> None:
    with pytest.raises(InvalidRequest):
        await shares.vote(token, 1, Verdict.YES, "", reviewer="nobodys browser")


async def test_answers_that_cannot_be_taken_are_told_and_not_kept(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        link = await shares.create(collection.id, NewShare(), visitor=ANN)
        quiet = await shares.create(collection.id, NewShare(votes=False), visitor=ANN)
        await refused(shares, link.token)  # without a name
        await shares.introduce(link.token, "Tom", reviewer="tom")
        for deed in (
            shares.introduce(link.token, " ", reviewer="tom"),
            shares.introduce(link.token, "T" * 61, reviewer="tom"),
            shares.vote(link.token, 0, Verdict.YES, "", reviewer="tom"),
            shares.vote(link.token, 9, Verdict.YES, "", reviewer="tom"),
            shares.vote(link.token, 1, Verdict.YES, "w" * 501, reviewer="tom"),
            shares.introduce(quiet.token, "Tom", reviewer="tom"),
            shares.vote(quiet.token, 1, Verdict.YES, "", reviewer="tom"),
        ):
            with pytest.raises(InvalidRequest):
                await deed
        assert await shares.votes(collection.id, visitor=ANN) == ()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"title": "t" * 121}, "title"),
        ({"lead": "t" * 401}, "message"),
        ({"shared_by": "t" * 61}, "shared by"),
        ({"shared_with": "t" * 61}, "for"),
        ({"password": Secret("abc")}, "password"),
        ({"password": Secret("p" * 201)}, "password"),
    ],
)
def test_what_a_link_cannot_be_made_of_is_named(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidRequest) as refusal:
        NewShare(**wrong)  # type: ignore[arg-type]
    assert field in refusal.value.field and "ppp" not in str(refusal.value)


async def test_neither_links_nor_passwords_nor_browsers_are_in_the_database(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        shares = studio.collections.shares
        new = NewShare(password=Secret("open sesame"))
        link = await shares.create(collection.id, new, visitor=ANN)
        key = await shares.unlock(link.token, "open sesame")
        await shares.introduce(link.token, "Tom", key=key, reviewer="toms browser")
        await shares.vote(link.token, 1, Verdict.YES, "", key=key, reviewer="toms browser")
        engine = studio._container.store.ledger.engine
        with engine.connect() as connection:
            tables = ("tryon_shares", "tryon_share_reviewers", "tryon_share_votes")
            rows = [connection.execute(sa.text(f"select * from {name}")).all() for name in tables]
    kept = repr(rows)
    assert all(rows) and link.id in kept
    assert not any(secret in kept for secret in (link.token[13:], "open sesame", key, "toms browser"))


async def test_links_and_votes_outlive_a_restart(tmp_path: Path) -> None:
    async with shared(tmp_path) as (studio, collection):
        link = await studio.collections.shares.create(collection.id, NewShare(), visitor=ANN)
        await studio.collections.shares.introduce(link.token, "Tom", reviewer="tom")
        await studio.collections.shares.vote(link.token, 2, Verdict.NO, "", reviewer="tom")
    async with open_house(tmp_path, ScriptedVendors()) as studio:
        page = await studio.collections.shares.page(link.token, reviewer="tom")
        assert page.reviewer == "Tom" and page.pictures[1].verdict is Verdict.NO
