"""/hotline/twilio: the same calls for a second platform, its forms read and our verbs written as TwiML."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import structlog
from sanic import Blueprint, Request
from sanic.response import HTTPResponse
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from bot.channels.hotline import jambonz
from bot.channels.hotline.calls import Alternative, Call, Heard, Keys, Silence, caller_phone
from bot.channels.hotline.flow import Flow
from bot.channels.hotline.line import Line
from bot.channels.hotline.outbound import OVER
from bot.channels.hotline.verbs import LANGUAGE, PREFIX, Verb, Verbs
from bot.channels.hotline.webhooks import Act, ended, served, step_of
from bot.channels.webchat import plain_id
from bot.errors import NotAllowed, PageUnknown, WrongFields

SIGNATURE: Final = "X-Twilio-Signature"
OWN_PREFIX: Final = f"{PREFIX}/twilio"
RECOGNISED: Final = "cmn-Hans-CN"  # its recogniser's name for the language
logger: Final = structlog.get_logger()

Form = Mapping[str, str]


def heard(form: Form) -> Heard:
    if form.get("Digits"):
        return Keys(digits=form["Digits"])
    if form.get("SpeechResult"):
        return jambonz.speech((Alternative(text=form["SpeechResult"], confidence=_confidence(form)),))
    return Silence()


def _confidence(form: Form) -> float | None:
    try:
        return min(max(float(form["Confidence"]), 0.0), 1.0)
    except (KeyError, ValueError):
        return None


def _seconds(form: Form, name: str) -> int:
    """Raises WrongFields."""
    given = form.get(name, "")
    if not (given.isascii() and given.isdigit()):
        raise WrongFields(what=f"“{name}” 应是一个数")
    return int(given[:9])


def gather(form: Form) -> Act:
    what = heard(form)
    return lambda flow: flow.hear(what)


def wait(form: Form) -> Act:
    """Its queue counts from 1."""
    if "QueueSid" not in form:
        return Flow.look_again
    ahead = max(0, _seconds(form, "QueuePosition") - 1)
    waited = _seconds(form, "QueueTime")
    return lambda flow: flow.in_queue(ahead=ahead, waited=waited)


def queue_exit(form: Form) -> Act:
    waited = _seconds(form, "QueueTime")
    return lambda flow: flow.left_queue(result=form.get("QueueResult", ""), waited=waited)


def dial_done(form: Form) -> Act:
    return lambda flow: flow.dialled(status=form.get("DialCallStatus", ""))


READ: Final[dict[str, Callable[[Form], Act]]] = {
    "start": lambda _form: Flow.welcome,
    "gather": gather,
    "wait": wait,
    "queue-exit": queue_exit,
    "dial-done": dial_done,
}


def twiml(verbs: Verbs) -> str:
    response = VoiceResponse()
    for verb in verbs:
        WRITTEN[verb["verb"]](response, verb)
    return str(response)


def _own(hook: str) -> str:
    return f"{OWN_PREFIX}{hook.removeprefix(PREFIX)}"


def _say(into: VoiceResponse | Gather, verb: Verb) -> None:
    into.say(verb["text"], language=LANGUAGE)


def _gather(response: VoiceResponse, verb: Verb) -> None:
    keys = {"num_digits": verb["numDigits"]} if "numDigits" in verb else {}
    asked = response.gather(
        input="speech dtmf",
        action=_own(verb["actionHook"]),
        action_on_empty_result=True,  # silence is answered too
        timeout=verb["timeout"],
        speech_timeout="auto",
        finish_on_key=verb["finishOnKey"],
        language=RECOGNISED,
        hints=",".join(verb["recognizer"]["hints"]),
        **keys,
    )
    _say(asked, verb["say"])


def _enqueue(response: VoiceResponse, verb: Verb) -> None:
    response.enqueue(verb["name"], action=_own(verb["actionHook"]), wait_url=_own(verb["waitHook"]))


def _dial(response: VoiceResponse, verb: Verb) -> None:
    dialled = response.dial(action=_own(verb["actionHook"]), timeout=verb["timeout"], answer_on_bridge=True)
    for target in verb["target"]:
        if target["type"] == "sip":
            dialled.sip(target["sipUri"])
        else:
            dialled.number(target["number"])


WRITTEN: Final[dict[str, Callable[[VoiceResponse, Verb], Any]]] = {
    "say": _say,
    "gather": _gather,
    "redirect": lambda response, verb: response.redirect(_own(verb["actionHook"])),
    "enqueue": _enqueue,
    "dial": _dial,
    "pause": lambda response, verb: response.pause(length=verb["length"]),
    "leave": lambda response, _verb: response.leave(),
    "hangup": lambda response, _verb: response.hangup(),
}


def twilio(*, line: Line, token: str, public_url: str) -> Blueprint:
    """`public_url`: the address of the bot as the platform calls it, which is part of what it signs."""
    calls = Blueprint("twilio", url_prefix=OWN_PREFIX)
    validator = RequestValidator(token)

    def checked(request: Request) -> Form:
        """Raises NotAllowed."""
        form = {name: str(values[0]) for name, values in (request.form or {}).items()}
        query = f"?{request.query_string}" if request.query_string else ""
        address = f"{public_url}{request.path}{query}"
        if not validator.validate(address, form, request.headers.get(SIGNATURE, "")):
            raise NotAllowed
        return form

    @calls.post("/<name:str>")
    async def webhook(request: Request, name: str) -> HTTPResponse:
        """Raises NotAllowed, WrongFields, PageUnknown."""
        form = checked(request)
        call = Call(id=plain_id(dict(form), "CallSid"), phone=caller_phone(form.get("From")))
        logger.info("call_heard", call=call.id, hook=name, status=form.get("CallStatus"))
        if name == "status":
            if form.get("CallStatus") in OVER:
                await ended(call, line=line)
            return HTTPResponse(status=204)
        if name not in READ:
            raise PageUnknown
        act = READ[name](form)
        verbs = await served(act, line=line, call=call, request=request, step=step_of(request))
        return HTTPResponse(twiml(verbs), content_type="text/xml; charset=utf-8")

    return calls
