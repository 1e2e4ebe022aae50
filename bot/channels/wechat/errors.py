"""Why WeChat did not take a message."""


class NotSendable(Exception):
    """This customer can't be sent a message of this kind now; trying again is of no use until they act."""


class WindowClosed(NotSendable):
    """The customer has not written lately enough (45015). A template message or SMS may still reach them."""


class QuotaUsed(NotSendable):
    """All messages that the customer's last act allowed are sent (45047). A template message or SMS may reach them."""


class NotFollowing(NotSendable):
    """The customer has left the account 取消关注 (43004): nothing reaches them on WeChat."""


class WechatUnavailable(Exception):
    """WeChat can't be reached, is too slow, or answers with something that is no answer. Try again later."""


class WechatRefused(WechatUnavailable):
    """WeChat answered with an error of its own; `code` is its errcode."""

    def __init__(self, code: int) -> None:
        super().__init__(f"errcode {code}")
        self.code = code
