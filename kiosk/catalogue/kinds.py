"""The closed lists of the catalogue: whom an item serves, how people identify, how results arrive, what is needed."""

from enum import StrEnum


class Serves(StrEnum):
    """Whom an item serves."""

    NATURAL_PERSON = "natural_person"
    SOLE_TRADER = "sole_trader"
    LEGAL_PERSON = "legal_person"


class IdentityMethod(StrEnum):
    """How an applicant may identify (standards: identification)."""

    RESIDENT_CARD = "resident_card"
    HMT_PERMIT = "hmt_permit"
    FOREIGNER_CARD = "foreigner_card"
    CITIZEN_CARD = "citizen_card"
    APP_QR = "app_qr"


class ResultDelivery(StrEnum):
    """How a result reaches the applicant."""

    KIOSK_PRINT = "kiosk_print"
    WINDOW = "window"
    POST = "post"
    ELECTRONIC = "electronic"


class Need(StrEnum):
    """Devices an item needs at the kiosk, and the network."""

    CARD_READER = "card_reader"
    """Somebody who is known: by card, or another way that the item allows."""
    CITIZEN_CARD_READER = "citizen_card_reader"
    CODE_SCANNER = "code_scanner"
    TICKET_PRINTER = "ticket_printer"
    A4_PRINTER = "a4_printer"
    SCANNER = "scanner"
    """A scanner or a document camera."""
    NETWORK = "network"


class ReportingGroup(StrEnum):
    """The three lines of the yearly report: 公共场所卫生许可, 市场监督管理, 食品摊贩登记."""

    HYGIENE = "hygiene"
    MARKET = "market"
    VENDOR = "vendor"


class FieldKind(StrEnum):
    """What a form field asks for; it decides how it is written and judged (kiosk.cases.answers)."""

    TEXT = "text"
    NAME = "name"
    """A person's or a firm's name in Chinese or any other writing."""
    LATIN = "latin"
    DIGITS = "digits"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    """A citizen ID number (GB 11643)."""
    CREDIT_CODE = "credit_code"
    """A unified social credit code (GB 32100)."""
    DATE = "date"
    """ISO 8601 in the answer."""
    ADDRESS = "address"
    """Province to street by picking, the rest written: one line in the answer."""
    CHOICE = "choice"
    """The id of an option in the answer."""
    MONEY = "money"
    """Yuan, two decimals at most."""
