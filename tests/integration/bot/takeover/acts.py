"""What an agent does through the desk's interface, and how a customer comes to ask for one."""

from typing import Any

from tests.integration.bot.desk import Member


async def there(member: Member, **given: Any) -> None:
    response = await member.post("/presence", given, method="PUT")
    assert response.status_code == 200, response.text


async def does(member: Member, visitor: Any, step: str, body: object = None, *, status: int = 200) -> Any:
    response = await member.post(f"/conversations/{visitor.conversation}/{step}", body)
    assert response.status_code == status, response.text
    return response.json() if response.content else None


async def card(member: Member, visitor: Any) -> dict[str, Any]:
    return (await member.get(f"/conversations/{visitor.conversation}")).json()


async def waits(visitor: Any) -> None:
    await visitor.says("转人工")
