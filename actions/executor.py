"""Which actions there are, and which intent each answer answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import (
    account,
    appointment,
    area_manager,
    binding,
    cancellation,
    chitchat,
    commitment,
    complaint,
    contact,
    fault,
    fee,
    handoff,
    materials,
    offer,
    order,
    order_form,
    outage,
    outlet,
    photo,
    progress,
    recommendation,
    return_visit,
    visit_asked,
)
from actions.answers import Answers
from actions.between import AnswerAction
from actions.parts import Parts
from actions.settings import ACTION_TIMEOUT

Run = Callable[[CollectingDispatcher, Tracker, dict[str, Any]], Awaitable[list[EventType]]]
TOPICS = (fee, commitment, outage, contact, area_manager, outlet, order, recommendation, binding, chitchat)


def answers_of(parts: Parts) -> Answers:
    return Answers(
        parts=parts,
        anywhere={intent: answer for topic in TOPICS for intent, answer in topic.ANYWHERE.items()},
        between={intent: answer for topic in (contact, progress, chitchat) for intent, answer in topic.BETWEEN.items()},
        take_up=lambda floor: (
            any(topic.take_up(floor) for topic in (complaint, handoff, progress, appointment, order))
            or any(topic.take_up(floor, parts.charter) for topic in (offer, chitchat))
        ),
        follow_up=lambda floor, parts: (
            order.tell_how(floor, parts)
            or fee.ask_again(floor, parts)
            or progress.of_the_ticket(floor)
            or chitchat.waits(floor)
        ),
        offer=order.offer,
    )


def executor_of(parts: Parts) -> ActionExecutor:
    answers = answers_of(parts)
    executor = ActionExecutor()
    for action in (
        fault.FaultForm(parts, answers),
        fault.FileFault(parts),
        photo.HearPhoto(parts),
        complaint.ComplaintForm(parts, answers),
        complaint.FileComplaint(parts),
        order_form.OrderForm(parts, answers),
        order_form.FileOrder(parts),
        handoff.QuestionForm(parts, answers),
        handoff.FileQuestion(parts),
        progress.ProgressForm(parts, answers),
        progress.TellProgress(parts),
        appointment.AppointmentForm(parts, answers),
        appointment.ChangeAppointment(parts),
        cancellation.CancellationForm(parts, answers),
        cancellation.WithdrawTicket(parts),
        materials.MaterialsForm(parts, answers),
        materials.SupplyMaterials(parts),
        return_visit.ReturnVisitForm(parts, answers),
        return_visit.HearVisit(parts),
        return_visit.AnswerVisit(parts),
        account.AccountForm(parts, answers),
        account.TellAccount(parts),
        binding.BindingForm(parts, answers),
        binding.GoOnBound(parts),
        AnswerAction(answers),
        chitchat.NotUnderstood(parts, answers),
        offer.OfferChoices(parts, answers),
    ):
        executor.register_function(action.name(), _within_limit(action))
    return executor


def _within_limit(action: Action) -> Run:
    async def run(dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        async with asyncio.timeout(ACTION_TIMEOUT):
            answered = visit_asked.take_up(tracker, action=action.name())
            if answered is not None:
                return answered
            return await action.run(dispatcher, tracker, domain)

    return run
