"""The rivals' action server: rasa-sdk with an action that does nothing. `python -m scripts.bench.noop PORT`"""

import sys

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Request, response
from sanic.response import HTTPResponse

from scripts.bench.projects import NO_OPERATION


def main() -> None:
    calls = 0
    executor = ActionExecutor()

    async def nothing(_dispatcher: object, _tracker: object, _domain: object) -> list[dict[str, object]]:
        nonlocal calls
        calls += 1
        return []

    executor.register_function(NO_OPERATION, nothing)
    app = create_app(executor)

    @app.get("/calls")
    async def called(_: Request) -> HTTPResponse:
        return response.json(calls)

    app.run(host="127.0.0.1", port=int(sys.argv[1]), single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main()
