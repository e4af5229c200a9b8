"""A service item as a page: the three numbers people ask for, and the nine disclosed fields in sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.catalogue.kinds import IdentityMethod, ResultDelivery
from kiosk.texts import LocalText, Msg, OnlyWhere, Text, counted, msg
from kiosk.views.guides import GuideView
from kiosk.views.parts import Action, Entry, Fact, Section

if TYPE_CHECKING:
    from kiosk.catalogue.model import Fee, Material, ServiceItem

KINDS: dict[str, Msg] = {
    "original": msg("original"),
    "copy": msg("copy"),
    "original_and_copy": msg("original and copy"),
}
FORMS: dict[str, Msg] = {
    "paper": msg("on paper"),
    "electronic": msg("electronic"),
    "either": msg("on paper or electronic"),
}
DELIVERY: dict[ResultDelivery, Msg] = {
    ResultDelivery.KIOSK_PRINT: msg("printed at a terminal"),
    ResultDelivery.WINDOW: msg("at the window"),
    ResultDelivery.POST: msg("by post (free)"),
    ResultDelivery.ELECTRONIC: msg("as an electronic licence"),
}
IDENTITY: dict[IdentityMethod, Msg] = {
    IdentityMethod.RESIDENT_CARD: msg("resident ID card"),
    IdentityMethod.HMT_PERMIT: msg("Hong Kong, Macau or Taiwan residence permit"),
    IdentityMethod.FOREIGNER_CARD: msg("foreigner's permanent residence card"),
    IdentityMethod.CITIZEN_CARD: msg("citizen card"),
    IdentityMethod.APP_QR: msg("QR code of the app"),
}


def guide_page(item: ServiceItem, actions: tuple[Action, ...], note: Text, limits: Text) -> GuideView:
    """The page of an item; every disclosed field has its place. `limits`: what of it does not work here now."""
    return GuideView(
        item.title,
        item.summary,
        (promise(item), fee_fact(item.fee), delivery_fact(item)),
        (
            _materials(item),
            _samples(item),
            _conditions(item),
            _process(item),
            _time(item),
            _fee(item),
            _basis(item),
            _identity(item),
            _phones(item),
        ),
        actions,
        note,
        only_in_chinese(item),
        limits,
    )


def only_in_chinese(item: ServiceItem) -> OnlyWhere:
    """Says, in a language that most of the guide is missing in, that it is shown in Chinese."""
    texts = [item.title, item.summary, item.result, *item.conditions, *item.legal_basis]
    texts += [text for material in item.materials for text in (material.name, material.sample_text)]
    texts += [text for step in item.process for text in (step.title, step.detail)]
    return OnlyWhere(tuple(texts), msg("This guide is only in Chinese. The front desk can explain it."))


def promise(item: ServiceItem) -> Fact:
    """5 working days / promised (statutory 20)."""
    limit = item.time_limit
    return Fact(
        counted("{n} working day", "{n} working days", limit.promised_days),
        msg("promised (by law {n})", n=limit.statutory_days),
        "clock-outline",
    )


def fee_fact(fee: Fee) -> Fact:
    """Free, or the fee."""
    value: Text = msg("Free") if fee.yuan == 0 else msg("{yuan} yuan", yuan=fee.yuan)
    return Fact(value, msg("no charge of any kind") if fee.yuan == 0 else fee.note, "currency-cny")


def delivery_fact(item: ServiceItem) -> Fact:
    """Where the result comes out."""
    by_post = ResultDelivery.POST in item.delivery
    return Fact(
        msg("By post or window") if by_post else msg("At the window"),
        msg("the result is sent free of charge") if by_post else msg("collect the result there"),
        "map-marker",
    )


def material_terms(material: Material) -> Msg:
    """Original or copy, how many, on paper or electronic."""
    return msg("{kind} × {n}, {form}", kind=KINDS[material.kind], n=material.count, form=FORMS[material.form])


def _materials(item: ServiceItem) -> Section:
    held = sum(material.held_by_government for material in item.materials)
    names = msg("{n} to bring, {held} already on file", n=len(item.materials) - held, held=held)
    return Section(
        counted("Material to bring ({n})", "Materials to bring ({n})", len(item.materials)),
        names,
        tuple(_material(material) for material in item.materials),
        "clipboard-list-outline",
    )


def _material(material: Material) -> Entry:
    tags: list[Text] = []
    if material.held_by_government:
        tags.append(msg("already on file"))
    if material.is_conditional:
        tags.append(msg("only if it applies"))
    notes: tuple[Text, ...] = (material_terms(material), *((material.note,) if material.note else ()))
    return Entry(material.name, notes=notes, tags=tuple(tags))


def _samples(item: ServiceItem) -> Section:
    entries = tuple(Entry(material.sample_text, term=material.name) for material in item.materials)
    return Section(
        msg("Sample texts"), msg("How to fill in and prepare each one"), entries, "file-document-check-outline"
    )


def _listed(title: Msg, texts: tuple[LocalText, ...], icon: str) -> Section:
    return Section(title, texts[0], tuple(Entry(text) for text in texts), icon)


def _conditions(item: ServiceItem) -> Section:
    title = counted("Condition ({n})", "Conditions ({n})", len(item.conditions))
    return _listed(title, item.conditions, "check-decagram-outline")


def _process(item: ServiceItem) -> Section:
    return Section(
        counted("Process ({n} step)", "Process ({n} steps)", len(item.process)),
        msg("{first} … {last}", first=item.process[0].title, last=item.process[-1].title),
        tuple(Entry(step.detail, term=step.title) for step in item.process),
        "sign-direction",
    )


def _time(item: ServiceItem) -> Section:
    limit = item.time_limit
    summary = msg(
        "promised {promised} / by law {statutory} working days",
        promised=limit.promised_days,
        statutory=limit.statutory_days,
    )
    entries = [
        Entry(counted("{n} working day", "{n} working days", limit.promised_days), term=msg("Promised time limit")),
        Entry(counted("{n} working day", "{n} working days", limit.statutory_days), term=msg("Time limit by law")),
    ]
    if item.validity_years:
        entries.append(
            Entry(counted("{n} year", "{n} years", item.validity_years), term=msg("The result is valid for"))
        )
    return Section(msg("Time limits"), summary, tuple(entries), "clock-outline")


def _fee(item: ServiceItem) -> Section:
    fact = fee_fact(item.fee)
    return Section(msg("Fees"), fact.value, (Entry(item.fee.note, term=fact.value),), "currency-cny")


def _basis(item: ServiceItem) -> Section:
    return _listed(
        counted("Legal basis ({n})", "Legal basis ({n})", len(item.legal_basis)), item.legal_basis, "scale-balance"
    )


def _identity(item: ServiceItem) -> Section:
    methods = tuple(Entry(IDENTITY[method]) for method in item.identity_methods)
    agent = msg("Somebody else may apply for you.") if item.agent_allowed else msg("You have to apply yourself.")
    delivery = tuple(Entry(DELIVERY[way], term=msg("The result comes")) for way in item.delivery)
    result = Entry(item.result, term=msg("You receive"))
    return Section(
        msg("Who may apply, and the result"),
        agent,
        (Entry(agent), *methods, result, *delivery),
        "account-check-outline",
    )


def _phones(item: ServiceItem) -> Section:
    return Section(
        msg("Enquiry and supervision phones"),
        msg("{enquiry} · {supervision}", enquiry=item.enquiry_phone, supervision=item.supervision_phone),
        (
            Entry(item.enquiry_phone, term=msg("Enquiries")),
            Entry(item.supervision_phone, term=msg("Supervision and complaints")),
        ),
        "phone-outline",
    )
