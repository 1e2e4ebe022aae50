"""Loads and validates charters/<operator>/ into the domain's charter.

The folder itself is the version in force; what it replaced lies whole under versions/<its version's date>/.
"""

from collections.abc import Hashable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from backend.charter_contradictions import contradictions
from backend.charter_schema import files as schema
from backend.domain.charter import Charter

FILES: dict[str, type[BaseModel]] = {
    "operator.yml": schema.OperatorFile,
    "commitments.yml": schema.CommitmentsFile,
    "fees.yml": schema.FeesFile,
    "processes.yml": schema.ProcessesFile,
    "outlets.yml": schema.OutletsFile,
    "departments.yml": schema.DepartmentsFile,
    "areas.yml": schema.AreasFile,
    "staff.yml": schema.StaffFile,
    "wording.yml": schema.WordingFile,
}
PHOTOS = "photos"  # of the staff, beside the files
_PLAIN_WORDS = {"missing": "is missing", "extra_forbidden": "is not a field here"}
_Model = TypeVar("_Model", bound=BaseModel)


class CharterInvalid(Exception):
    """One or more lines, each naming file and field in plain words: `problems`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


class _UniqueKeyLoader(yaml.CSafeLoader):
    """YAML lets the second of two equal keys win silently; a charter must not."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        keys = [self.construct_object(key, deep=deep) for key, _ in node.value if key.tag != "tag:yaml.org,2002:merge"]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.MarkedYAMLError(problem=f"{key} stands twice", problem_mark=node.start_mark)
        return super().construct_mapping(node, deep=deep)


def load_charter(*, operator: str, root: Path = Path("charters"), on: date | None = None) -> Charter:
    """The charter of an operator: in force now, or on a date. Raises CharterInvalid.

    The published texts carry no date of effect, so before the first version on file that first version is taken to
    have held.
    """
    folder = root / operator
    if not operator.isidentifier() or not folder.is_dir():
        known = ", ".join(sorted(path.name for path in root.glob("*") if path.is_dir())) or "none"
        raise CharterInvalid((f"{folder}: there is no such charter (known: {known})",))
    charter = _load(folder, operator=operator)
    former = sorted(folder.glob("versions/*/"), key=lambda version: version.name, reverse=True)
    if on is None or charter.version <= on.isoformat() or not former:
        return charter
    in_force = next((version for version in former if version.name <= on.isoformat()), former[-1])
    return _load(in_force, operator=operator)


def _load(folder: Path, *, operator: str) -> Charter:
    digest = sha256()
    problems: list[str] = []
    files: dict[str, BaseModel] = {}
    for name, model in FILES.items():
        path = folder / name
        try:
            content = path.read_bytes()
            digest.update(name.encode() + b"\0" + content)
            files[name] = model.model_validate(yaml.load(content, Loader=_UniqueKeyLoader))  # noqa: S506 - a SafeLoader
        except OSError:
            problems.append(f"{path}: the file is missing")
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            problems.append(f"{path}: line {line}: {error.problem}")
        except ValidationError as error:
            problems += [f"{path}: {_in_plain_words(detail)}" for detail in error.errors()]
    if problems:
        raise CharterInvalid(tuple(problems))
    charter = _assemble(files, digest=digest.hexdigest())
    problems = [
        f"{folder / problem}"
        for problem in (*contradictions(charter, operator=operator), *_lost_photos(charter, folder))
    ]
    if problems:
        raise CharterInvalid(tuple(problems))
    return charter


def _lost_photos(charter: Charter, folder: Path) -> Iterator[str]:
    for member in charter.staff:
        if member.photo and not (folder / PHOTOS / member.photo).is_file():
            yield f"staff.yml: staff.{member.job_number}.photo: there is no {PHOTOS}/{member.photo}"


def _in_plain_words(detail: ErrorDetails) -> str:
    field = ".".join(str(part) for part in detail["loc"]) or "the file"
    message = _PLAIN_WORDS.get(detail["type"], detail["msg"].removeprefix("Value error, "))
    return f"{field}: {message}"


def _file(files: dict[str, BaseModel], model: type[_Model]) -> _Model:
    return next(file for file in files.values() if isinstance(file, model))


def _assemble(files: dict[str, BaseModel], *, digest: str) -> Charter:
    operator = _file(files, schema.OperatorFile)
    commitments = _file(files, schema.CommitmentsFile)
    processes = _file(files, schema.ProcessesFile)
    areas = _file(files, schema.AreasFile)
    version = operator.version.isoformat()
    return Charter(
        operator=operator.to_domain(),
        version=version,
        digest=digest,
        commitments=tuple(
            clause.to_domain(key=key, limit=clause.within, version=version)
            for key, clause in commitments.commitments.items()
            if clause.within is not None  # [C] left empty: no limit is published
        ),
        pledges=tuple(pledge.to_domain(key=key) for key, pledge in commitments.pledges.items()),
        return_visits=tuple(rule.to_domain() for rule in commitments.return_visits),
        major_complaints=tuple(rule.to_domain(key=key) for key, rule in commitments.major_complaints.items()),
        fees=tuple(fee.to_domain(key=key) for key, fee in _file(files, schema.FeesFile).fees.items()),
        processes={key: process.to_domain(key=key) for key, process in processes.processes.items()},
        error_codes=tuple(entry.to_domain(code=code) for code, entry in processes.error_codes.items()),
        outlets=tuple(outlet.to_domain() for outlet in _file(files, schema.OutletsFile).outlets),
        departments=tuple(
            entry.to_domain(key=key) for key, entry in _file(files, schema.DepartmentsFile).departments.items()
        ),
        areas=tuple(area.to_domain(key=key) for key, area in areas.areas.items()),
        changes=tuple(change.to_domain() for change in areas.changes),
        staff=tuple(
            entry.to_domain(job_number=number) for number, entry in _file(files, schema.StaffFile).staff.items()
        ),
        wording=_file(files, schema.WordingFile).to_domain(),
        typical=tuple(figure.to_domain(key=key) for key, figure in commitments.typical.items()),
        **commitments.rules(),
    )


def samples(charter: Charter) -> tuple[str, ...]:
    """Every placeholder 示例 as `file: entry`: what a production charter may not have."""
    listed = {
        "fees.yml": [fee.key for fee in charter.fees if fee.sample],
        "processes.yml": [process.key for process in charter.processes.values() if process.sample],
        "outlets.yml": [outlet.name for outlet in charter.outlets if outlet.sample],
        "departments.yml": [department.key for department in charter.departments if department.sample],
        "areas.yml": [
            *(area.key for area in charter.areas if area.sample),
            *(f"changes {change.day}" for change in charter.changes if change.sample),
        ],
        "staff.yml": [member.job_number for member in charter.staff if member.sample],
        "operator.yml": sorted(charter.operator.samples),
    }
    return tuple(f"{file}: {entry}" for file, entries in listed.items() for entry in entries)
