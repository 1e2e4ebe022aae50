"""What the public API refuses; the docstring is said to the customer. One table: refusal → HTTP status."""

from typing import Final

from backend.domain.errors import Refusal


class NotJson(Refusal):
    """请求内容不是有效的 JSON，请检查后再发。"""


class WrongFields(Refusal):
    """请求内容不对：{what}。"""


class TextMissing(Refusal):
    """您还没有输入内容，请写几个字再发送。"""


class TextTooLong(Refusal):
    """您发的内容太长了，一次最多 {most} 个字，请分几条发送。"""


class TokenMissing(Refusal):
    """请先打开一个新的对话，再发送或查看消息。"""


class TokenInvalid(Refusal):
    """对话凭证无效，请重新打开对话。"""


class TokenExpired(Refusal):
    """对话已经过期，请重新打开对话。"""


class NotAllowed(Refusal):
    """没有权限。"""


class SignatureWrong(Refusal):
    """签名不对，请求没有受理。"""


class TooManySessions(Refusal):
    """这个网络打开的对话太多了，请过一会儿再试。"""


class TooManyMessages(Refusal):
    """您发得太快了，请稍等几秒再发。"""


class TooManyWaiting(Refusal):
    """您前面的消息都已收到，还在处理，请等一等再发新的。"""


class TooManyStreams(Refusal):
    """这个对话打开的页面太多了，请先关掉几个。"""


class ConversationUnknown(Refusal):
    """没有找到这个对话。"""


class AttachmentUnknown(Refusal):
    """没有找到这张照片。"""


class PhotoTooLarge(Refusal):
    """照片太大了，一张最多 {most} MB，请压缩或重新拍一张。"""


class PhotoOfAnotherKind(Refusal):
    """这个文件不是照片，或者已经损坏。请发 JPG、PNG 或 WebP 格式的照片。"""


class TooManyPhotos(Refusal):
    """您发的照片太密了，请过一会儿再发。"""


class NoticeConflict(Refusal):
    """这个通知编号已经用于另一个对话。"""


class AlreadyWaiting(Refusal):
    """客户已经在排队了。"""


class NotWaiting(Refusal):
    """这个对话没有在排队。"""


class ServedByAnother(Refusal):
    """{agent} 号坐席已经接了这个对话。"""


class KeptForAnother(Refusal):
    """这个对话暂时留给{whom}，过一会儿还没有人接就可以接入。"""


class AnsweredByPhone(Refusal):
    """这是电话，请在话机上接听。"""


class NobodyServes(Refusal):
    """这个对话现在不由坐席接待，请先接入。"""


class NotYourConversation(Refusal):
    """这个对话由 {agent} 号坐席接待，请先由对方转接。"""


class ForbiddenPhrase(Refusal):
    """“{phrase}”是服务忌语（{rule}），不能发给客户。可以说：{better}"""


class NobodyNamed(Refusal):
    """请选一位在岗的同事或一个部门。"""


class HandsFull(Refusal):
    """您同时接待的对话已经有 {most} 个，请先结束一个再接。"""


class NotPresent(Refusal):
    """您还没有上线，请先上线再接入对话。"""


class NotSignedIn(Refusal):
    """请先用工号登录。"""


class WrongPassword(Refusal):
    """工号或密码不对。"""


class OneTimePasswordLapsed(Refusal):
    """一次性密码已经过期，请重新领取。"""


class PasswordMustChange(Refusal):
    """请先修改一次性密码。"""


class PasswordTooWeak(Refusal):
    """新密码不合要求：{what}。"""


class PasswordChangedMeanwhile(Refusal):
    """密码刚刚在别处改过，请重新登录。"""


class NotForYourRole(Refusal):
    """您的岗位没有这项权限。"""


class CsrfMissing(Refusal):
    """页面已经过期，请刷新后再试。"""


class TooManySignIns(Refusal):
    """登录太频繁了，请过一会儿再试。"""


class PhoneWrong(Refusal):
    """电话号码不对，请核对：手机号 11 位，固定电话可以不写区号。"""


class StaffUnknown(Refusal):
    """没有这个工号。"""


class KnowledgeTestUnknown(Refusal):
    """没有这份测试，或者不是您的。"""


class KnowledgeTestOver(Refusal):
    """这份测试已经交过了。"""


class CharterChangedMeanwhile(Refusal):
    """服务承诺书刚刚更新过，请重新开始测试。"""


class PhraseUnknown(Refusal):
    """没有这条训练语句。"""


class OwnPhrase(Refusal):
    """标注的人不能自己复核，请另一位同事复核。"""


class PhraseReviewed(Refusal):
    """这条训练语句已经复核过了。"""


class PersonalPhrase(Refusal):
    """“{phrase}”里还有客户的电话、号码或地址，请改成没有个人信息的说法。"""


class PhraseKnown(Refusal):
    """“{phrase}”训练语句里已经有了。"""


class IntentUnknown(Refusal):
    """没有这种意图。"""


class TrainingDataAway(Refusal):
    """这台机器上没有训练数据，请把 SHOUWEN_NLU_CHECKOUT 指到一份代码。"""


class BodyTooLarge(Refusal):
    """发送的内容太大了，请缩短后再发。"""


class BackendAway(Refusal):
    """工单系统暂时连接不上，请稍后再试。"""


class TelephoneAway(Refusal):
    """电话平台暂时连接不上，请稍后再试。"""


class PageUnknown(Refusal):
    """没有这个地址。"""


class MethodUnknown(Refusal):
    """这个地址不支持这种请求方式。"""


class RequestMalformed(Refusal):
    """请求有误，请检查后再试。"""


class Unexpected(Refusal):
    """抱歉，系统出了点问题，请稍后再试。"""


STATUS: Final[dict[type[Refusal], int]] = {
    NotJson: 400,
    WrongFields: 422,
    TextMissing: 422,
    TextTooLong: 422,
    TokenMissing: 401,
    TokenInvalid: 401,
    TokenExpired: 401,
    NotAllowed: 401,
    SignatureWrong: 403,
    TooManySessions: 429,
    TooManyMessages: 429,
    TooManyPhotos: 429,
    TooManyWaiting: 429,
    TooManyStreams: 429,
    ConversationUnknown: 404,
    AttachmentUnknown: 404,
    PhotoTooLarge: 413,
    PhotoOfAnotherKind: 415,
    NoticeConflict: 409,
    AlreadyWaiting: 409,
    NotWaiting: 409,
    ServedByAnother: 409,
    KeptForAnother: 409,
    AnsweredByPhone: 409,
    NobodyServes: 409,
    NotYourConversation: 409,
    HandsFull: 409,
    ForbiddenPhrase: 422,
    NobodyNamed: 422,
    NotPresent: 409,
    NotSignedIn: 401,
    WrongPassword: 401,
    OneTimePasswordLapsed: 401,
    PasswordMustChange: 403,
    PasswordTooWeak: 422,
    PasswordChangedMeanwhile: 409,
    NotForYourRole: 403,
    CsrfMissing: 403,
    TooManySignIns: 429,
    StaffUnknown: 404,
    PhoneWrong: 422,
    KnowledgeTestUnknown: 404,
    KnowledgeTestOver: 409,
    CharterChangedMeanwhile: 409,
    PhraseUnknown: 404,
    OwnPhrase: 409,
    PhraseReviewed: 409,
    PersonalPhrase: 422,
    PhraseKnown: 409,
    IntentUnknown: 422,
    TrainingDataAway: 503,
    BodyTooLarge: 413,
    PageUnknown: 404,
    MethodUnknown: 405,
    RequestMalformed: 400,
    Unexpected: 500,
    BackendAway: 503,
    TelephoneAway: 503,
}
