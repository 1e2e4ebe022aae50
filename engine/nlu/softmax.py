"""Multinomial logistic regression 多项逻辑回归 over sparse n-grams beside dense vectors, fitted by SciPy's L-BFGS.

Not scikit-learn's: that wants both halves as one sparse matrix, which takes three times as long, since the dense half
then misses BLAS.
"""

from __future__ import annotations

from typing import Any, Tuple

import numpy as np

_CURVATURE = 0.003  # p (1 - p) of an intent in mean, once most phrases are understood


def softmax(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def fit(
    sparse: Any,
    dense: np.ndarray,
    labels: np.ndarray,
    *,
    classes: int,
    strength: float,
    rounds: int,
) -> np.ndarray:
    """Weights of shape (n-grams + dense + 1, classes); the last row is the bias.

    `strength`: 1 / penalty. Each row is measured in steps of its own curvature, else the rare n-grams wait for the
    frequent ones and every second round is spent on that.
    """
    from scipy.optimize import minimize  # here: predicting must not load it

    sparse = sparse.astype(np.float32)
    turned, dense = sparse.T.tocsr(), np.ascontiguousarray(dense, dtype=np.float32)
    count, size = sparse.shape
    wide = size + dense.shape[1] + 1
    truth = np.zeros((count, classes), np.float32)
    truth[np.arange(count), labels] = 1.0
    squares = np.concatenate([np.asarray(sparse.power(2).sum(0)).ravel(), np.square(dense).sum(0), [count]])
    steps = (1.0 / np.sqrt(_CURVATURE * squares + 1.0 / strength)).astype(np.float32)[:, None]

    def objective(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        weights = flat.astype(np.float32).reshape(wide, classes) * steps
        scores = sparse @ weights[:size] + dense @ weights[size:-1] + weights[-1]
        chances = softmax(scores)
        surprise = -float(np.log(chances[np.arange(count), labels] + 1e-30).sum(dtype=np.float64))
        wrong = chances - truth
        slope = np.empty_like(weights)
        slope[:size], slope[size:-1], slope[-1] = turned @ wrong, dense.T @ wrong, wrong.sum(0)
        slope[:-1] += weights[:-1] / strength
        penalty = float(np.square(weights[:-1]).sum(dtype=np.float64)) / (2 * strength)
        return surprise + penalty, (slope * steps).ravel().astype(np.float64)

    options = {"maxiter": rounds, "maxcor": 8, "ftol": 3e-4}
    best = minimize(objective, np.zeros(wide * classes), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(best.x, dtype=np.float32).reshape(wide, classes) * steps
