"""The rivals' action server: rasa-sdk where every action of ours does nothing. `python -m scripts.bench.noop PORT`

Every one of them, so that a sentence that stock Rasa misunderstands costs it a call, too.
"""

import sys

import yaml
from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, response
from sanic.response import HTTPResponse

from scripts.services import ROOT


def main() -> None:
    calls = 0
    executor = ActionExecutor()

    async def nothing(_dispatcher: object, _tracker: object, _domain: object) -> list[dict[str, object]]:
        nonlocal calls
        calls += 1
        return []

    for name in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["actions"]:
        executor.register_function(name, nothing)
    app = create_app(executor)

    @app.get("/calls")
    async def called(_: Request) -> HTTPResponse:
        return response.json(calls)

    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
