"""Training phrases as a patch to data/nlu: a unified diff that `git apply` takes."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from typing import Final

FOLDER: Final = Path("data", "nlu")
_INTENT: Final = re.compile(r"^  - intent: (\S+)$", re.MULTILINE)
_BLOCK: Final = """
  - intent: {intent}
    metadata: {{writer: desk}}
    examples: |
"""


@dataclass(frozen=True, kw_only=True)
class TrainingPhrase:
    intent: str
    text: str


@dataclass(frozen=True, kw_only=True)
class TrainingData:
    """The files of a checkout's data/nlu, by name."""

    files: Mapping[str, str]

    @classmethod
    def read(cls, checkout: Path) -> "TrainingData":
        """FileNotFoundError where there is no data/nlu."""
        folder = checkout / FOLDER
        found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))}
        if not found:
            raise FileNotFoundError(folder)
        return cls(files=found)

    @property
    def topics(self) -> Mapping[str, str]:
        """The file of each intent: the one that holds most of its blocks."""
        blocks: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        for name, text in self.files.items():
            for intent in _INTENT.findall(text):
                blocks[intent][name] += 1
        return {intent: max(names, key=names.__getitem__) for intent, names in sorted(blocks.items())}

    def has(self, phrase: TrainingPhrase) -> bool:
        """It stands there already, under whatever intent."""
        line = f"      - {phrase.text}"
        return any(line in text.splitlines() for text in self.files.values())

    def with_phrases(self, phrases: Iterable[TrainingPhrase]) -> Mapping[str, str]:
        """The files that change, as they then are: a block for each intent at the end of its file."""
        by_intent: dict[str, list[str]] = defaultdict(list)
        for phrase in phrases:
            if not self.has(phrase):
                by_intent[phrase.intent].append(phrase.text)
        changed: dict[str, str] = {}
        for intent, texts in by_intent.items():
            name = self.topics[intent]
            block = _BLOCK.format(intent=intent) + "".join(f"      - {text}\n" for text in texts)
            changed[name] = changed.get(name, self.files[name]).rstrip("\n") + "\n" + block
        return changed

    def patch(self, phrases: Iterable[TrainingPhrase]) -> str:
        """Empty where nothing changes."""
        lines: list[str] = []
        for name, after in self.with_phrases(phrases).items():
            path = (FOLDER / name).as_posix()
            before = self.files[name]
            lines += unified_diff(
                before.splitlines(keepends=True),
                after.splitlines(keepends=True),
                fromfile=f"a/{path}",
                tofile=f"b/{path}",
            )
        return "".join(lines)
