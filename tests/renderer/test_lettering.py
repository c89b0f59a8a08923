"""Small type keeps its words apart."""

import numpy as np
import pytest

from tryon_sandbox.renderer.lettering import length, lettered


@pytest.mark.parametrize("size", [11, 12, 13, 15, 16, 24])
@pytest.mark.parametrize("words", ["sandbox preview", "garment it is"])
def test_words_of_small_type_stand_further_apart_than_its_letters(words: str, size: int) -> None:
    ink = lettered((words,), size).max(0)
    gaps = sorted(np.diff(np.nonzero(ink > 0.3)[0]))
    between = len(words.split()) - 1
    assert gaps[-between] >= 0.4 * size and gaps[-between] >= 1.5 * gaps[-between - 1]


def test_lines_stand_in_the_middle_of_their_room() -> None:
    ink = lettered(("one line", "x"), 13, 100)
    columns = [np.nonzero(part.max(0) > 0.1)[0] for part in np.array_split(ink, 2)]
    assert ink.shape[1] == 100 and all(abs(one.min() + one.max() - 99) <= 3 for one in columns)
    assert 0 < length("one line", 13) < 100
