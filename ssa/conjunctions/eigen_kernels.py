"""Eigenvalues of symmetric 3x3 matrices inside kernels, where NumPy's own would need SciPy."""

from __future__ import annotations

import math

from orbits.jit import inner


@inner
def eigen3(matrix, values, vectors):
    """Eigenvalues, smallest first, and eigenvectors as columns of a symmetric 3x3, by Jacobi's rotations.

    The matrix is used up.
    """
    for i in range(3):
        for j in range(3):
            vectors[i, j] = 1.0 if i == j else 0.0
    for _ in range(30):
        off = abs(matrix[0, 1]) + abs(matrix[0, 2]) + abs(matrix[1, 2])
        if off <= 1e-18 * (abs(matrix[0, 0]) + abs(matrix[1, 1]) + abs(matrix[2, 2])):
            break
        for i in range(2):
            for j in range(i + 1, 3):
                if matrix[i, j] != 0.0:
                    theta = 0.5 * (matrix[j, j] - matrix[i, i]) / matrix[i, j]
                    t = 1.0 / (abs(theta) + math.sqrt(theta * theta + 1.0))
                    t = -t if theta < 0.0 else t
                    c = 1.0 / math.sqrt(t * t + 1.0)
                    s = t * c
                    for m in range(3):
                        mi, mj = matrix[m, i], matrix[m, j]
                        matrix[m, i], matrix[m, j] = c * mi - s * mj, s * mi + c * mj
                    for m in range(3):
                        im, jm = matrix[i, m], matrix[j, m]
                        matrix[i, m], matrix[j, m] = c * im - s * jm, s * im + c * jm
                        vi, vj = vectors[m, i], vectors[m, j]
                        vectors[m, i], vectors[m, j] = c * vi - s * vj, s * vi + c * vj
    for i in range(3):
        values[i] = matrix[i, i]
    for i in range(2):
        for j in range(2 - i):
            if values[j] > values[j + 1]:
                values[j], values[j + 1] = values[j + 1], values[j]
                for m in range(3):
                    vectors[m, j], vectors[m, j + 1] = vectors[m, j + 1], vectors[m, j]
