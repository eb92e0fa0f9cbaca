"""As much evidence at a time as asked for, and what is of the very same evidence together."""

from kg.batches import cut


def sizes(items: list[list[int]], most: int) -> list[int]:
    batches = list(cut(items, lambda item: item, most))
    assert [item for batch in batches for item in batch] == items
    return list(map(len, batches))


def test_a_batch_ends_where_it_has_so_much_evidence():
    assert sizes([[1], [2], [3], [4], [5]], 2) == [2, 2, 1]
    assert sizes([[1, 2, 3, 4], [5], [6]], 3) == [1, 2]
    assert sizes([], 2) == []


def test_the_very_same_evidence_counts_once_and_is_never_parted():
    one, other = [1, 2, 3], [1, 2, 3]
    assert sizes([one, one, one, other, other], 3) == [3, 2]
    assert sizes([one, one, other, other], 4) == [4]
