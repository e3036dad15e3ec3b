"""Shapley values: what each player adds, averaged over every order in which the players could have joined.

Source: L. S. Shapley, "A value for n-person games", 1953. The values of all players sum to what the whole achieves
beyond nothing, equal players get equal values, and one who adds nothing to anyone gets nothing. Exact by the values of
all 2^g subsets; for many players the mean over random orders (Castro, Gomez and Tejada, "Polynomial calculation of the
Shapley value based on sampling", 2009), which sums to the whole in every sample, with a standard error for each player.
"""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

import numpy as np

from orbits.arrays import Booleans, Floats

ValuesOf = Callable[[Booleans], Floats]  # (g, q) who is in -> (q,) values


def all_subsets(players: int) -> Booleans:
    """Who is in (g, 2^g): player i is in subset s when bit i of s is set."""
    return np.asarray((np.arange(1 << players)[None, :] >> np.arange(players)[:, None]) & 1 == 1)


def shapley_of_subsets(values: Floats) -> Floats:
    """Exact Shapley values (g,) from the values (2^g,) of all subsets, in the order of `all_subsets`.

    >>> shapley_of_subsets(np.array([0.0, 1.0, 2.0, 4.0]))
    array([1.5, 2.5])
    """
    players = len(values).bit_length() - 1
    subsets = np.arange(len(values))
    size = all_subsets(players).sum(axis=0)
    share = np.array(
        [factorial(k) * factorial(players - k - 1) / factorial(players) for k in range(players)], dtype=np.float64
    )
    found = np.empty(players)
    for player in range(players):
        outside = subsets[(subsets >> player) & 1 == 0]
        found[player] = share[size[outside]] @ (values[outside | (1 << player)] - values[outside])
    return found


def sampled_shapley(values_of: ValuesOf, players: int, *, orders: int, seed: int) -> tuple[Floats, Floats]:
    """Shapley values (g,) and their standard errors (g,), from `orders` (two or more) random orders of joining."""
    draw = np.random.default_rng(seed)
    together = max(1, 4096 // (players + 1))
    gains = np.empty((orders, players))
    for begin in range(0, orders, together):
        batch = [draw.permutation(players) for _ in range(min(together, orders - begin))]
        # with the first k of an order in, k = 0 to g
        inside = np.concatenate(
            [np.argsort(order)[:, None] < np.arange(players + 1)[None, :] for order in batch], axis=1
        )
        grown = np.diff(values_of(inside).reshape(len(batch), players + 1), axis=1)
        for row, order in enumerate(batch):
            gains[begin + row, order] = grown[row]
    return gains.mean(axis=0), gains.std(axis=0, ddof=1) / np.sqrt(orders)
