import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tallystick.linking.undecided import LEAST, with_undecided
from tallystick.records import Person

N = 6
DRAWS = st.lists(st.lists(st.integers(0, 3), min_size=N, max_size=N), min_size=1, max_size=12)


def persons():
    """Give three persons of two entries each."""
    return [
        Person(id=f"p-{at}", entries=(f"e{2 * at}", f"e{2 * at + 1}"), p_match=(1.0, 1.0))
        for at in range(N // 2)
    ]


@given(DRAWS)
def test_those_are_undecided_whom_enough_draws_join(draws):
    # Each group is named by its first member.
    groups = np.array([[row.index(group) for group in row] for row in draws], np.int32)
    found = with_undecided(persons(), np.arange(N) // 2, groups)
    joined = {
        (one, other)
        for one in range(3)
        for other in range(3)
        if one != other
        and sum(
            bool({row[2 * one], row[2 * one + 1]} & {row[2 * other], row[2 * other + 1]})
            for row in draws
        )
        >= LEAST * len(draws)
    }

    assert joined == {(one, int(other[2:])) for one in range(3) for other in found[one].undecided}
