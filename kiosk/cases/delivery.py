"""What sending a result by post takes: three fields of the form, asked only where somebody wishes the post."""

from kiosk.cases.model import Wish
from kiosk.catalogue.forms import FormField
from kiosk.catalogue.kinds import FieldKind, ResultDelivery
from kiosk.texts import LocalText

RECIPIENT = FormField(
    id="delivery-recipient",
    label=LocalText({"zh_CN": "收件人姓名", "zh_HK": "收件人姓名", "en": "Who receives the post"}),
    kind=FieldKind.NAME,
    longest=100,
    known_from="card.name",
)
ADDRESS = FormField(
    id="delivery-address",
    label=LocalText({"zh_CN": "邮寄地址", "zh_HK": "郵寄地址", "en": "Address for the post"}),
    kind=FieldKind.ADDRESS,
    longest=300,
    known_from="card.address",
)
PHONE = FormField(
    id="delivery-phone",
    label=LocalText({"zh_CN": "收件人电话", "zh_HK": "收件人電話", "en": "Telephone for the post"}),
    kind=FieldKind.PHONE,
    longest=20,
    known_from="answer.applicant-phone",
)
FIELDS = (RECIPIENT, ADDRESS, PHONE)
POSTED = tuple(field.id for field in FIELDS)


def fields_for(wish: Wish | None) -> tuple[FormField, ...]:
    """The fields that a wish brings."""
    return FIELDS if wish and wish.method is ResultDelivery.POST else ()
