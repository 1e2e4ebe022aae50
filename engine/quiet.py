"""Keeps start-up quiet: what other libraries say about each other cannot be acted upon here. Import before Rasa."""

from __future__ import annotations

import os
import warnings
from typing import Any

_NOT_OURS = (
    "pkg_resources is deprecated",
    "Slot auto-fill has been removed",
    "You have defined training data consisting of lookup tables",  # ContactExtractor reads them
)


def quieten() -> None:
    """Environment and warning display. Rasa's own warnings about our data (UserWarning) still show."""
    os.environ.update(
        TF_CPP_MIN_LOG_LEVEL="3",
        TF_ENABLE_ONEDNN_OPTS="0",
        SQLALCHEMY_SILENCE_UBER_WARNING="1",
        RASA_TELEMETRY_ENABLED="false",
        TQDM_DISABLE="1",
        GIT_PYTHON_REFRESH="quiet",
    )
    shown = warnings.showwarning

    # Filters are of no use: libraries reset them as they are imported.
    def show(message: Any, category: Any, filename: str, *rest: Any, **named: Any) -> None:
        if (
            issubclass(category, (DeprecationWarning, PendingDeprecationWarning))
            or "sqlalchemy" in category.__module__
            or any(word in str(message) for word in _NOT_OURS)
        ):
            return
        shown(message, category, filename, *rest, **named)

    warnings.showwarning = show
