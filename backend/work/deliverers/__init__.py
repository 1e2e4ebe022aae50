"""How a message of each medium is handed over: `backend.delivery.Deliverer`s."""


class NotDelivered(Exception):
    """The other side could not be reached or did not take it; the message says how, never to whom or what."""
