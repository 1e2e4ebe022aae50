"""Whether WeChat has sent it: the signature 签名 of a request and, in safe mode 安全模式, the encryption.

The signature covers token, time and nonce alone; in safe mode a second one covers the encrypted text as well.
"""

import hmac
from collections.abc import Callable
from typing import Final

from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import WeChatException
from wechatpy.utils import WeChatSigner

from bot.errors import RequestMalformed, SignatureWrong

ENCRYPTED: Final = "aes"

Query = Callable[[str], str]


class Seal:
    """`aes_key`: the account's EncodingAESKey; empty: plain mode 明文模式."""

    def __init__(self, *, token: str, app_id: str, aes_key: str = "") -> None:
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, app_id) if aes_key else None

    def check(self, query: Query) -> None:
        """Raises SignatureWrong."""
        self._compare(query("signature"), query("timestamp"), query("nonce"))

    def opened(self, body: bytes, query: Query) -> str:
        """The XML that was posted. Raises SignatureWrong, RequestMalformed."""
        self.check(query)
        if (query("encrypt_type") == ENCRYPTED) is not (self._crypto is not None):
            raise SignatureWrong  # a plain one in safe mode could be said by anybody who has seen one signature
        try:
            text = body.decode()
        except UnicodeDecodeError as broken:
            raise RequestMalformed from broken
        return _decrypted(self._crypto, text, query) if self._crypto else text

    def closed(self, xml: str, *, nonce: str, timestamp: str) -> str:
        """A reply, as the mode wants it."""
        return str(self._crypto.encrypt_message(xml, nonce, timestamp)) if self._crypto else xml

    def _compare(self, given: str, *parts: str) -> None:
        signer = WeChatSigner()
        signer.add_data(self._token, *parts)
        if not hmac.compare_digest(signer.signature.encode(), given.encode()):
            raise SignatureWrong


def _decrypted(crypto: WeChatCrypto, text: str, query: Query) -> str:
    try:
        return str(crypto.decrypt_message(text, query("msg_signature"), query("timestamp"), query("nonce")))
    except WeChatException as another:  # signed by somebody else, or meant for another account
        raise SignatureWrong from another
    except Exception as broken:  # what wechatpy lets through: KeyError, ExpatError, struct.error, …
        raise RequestMalformed from broken
