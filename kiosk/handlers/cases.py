"""Cases: what is handed in goes into the outbox; what is asked, to the centre; drafts, to the centre, and into the outbox
while it is away."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress

from kiosk.cases.needs import relevant
from kiosk.context import Context, Handler
from kiosk.effects.cases import (
    AskWhoseCode,
    FindCases,
    LookUpHolder,
    OpenDraft,
    SaveDraft,
    SendRating,
    SendSupplement,
    SubmitCase,
    WithdrawCase,
)
from kiosk.effects.model import Effect
from kiosk.errors import CentreBusy, CentreRefused, CentreUnreachable, StoreError
from kiosk.events.cases import (
    AppCodeRefused,
    CaseKept,
    CaseReceived,
    CasesFound,
    CaseWithdrawn,
    DraftGone,
    DraftKept,
    DraftOpened,
    DraftSaved,
    HolderKnown,
    NoSuchCase,
    NotKept,
    RatingKept,
    SupplementKept,
    SupplementReceived,
)
from kiosk.events.model import Event
from kiosk.handlers.letters import case_letter, draft_letter, rating_letter, supplement_letter
from kiosk.handlers.outgoing import HandedIn, Outgoing, Parcel
from kiosk.handlers.results import NoRequest, post
from kiosk.handlers.tickets import centre_trouble
from kiosk.ports.card_reader import IdCard
from kiosk.ports.centre import Centre
from kiosk.ports.worker import Pool, Request

TOKEN = re.compile(r"(?:.*/c/)?([A-Za-z0-9_-]{20,64})/?")
"""A case's token, or the address of its page as the receipt's code says it."""
DRAFT_CODE = re.compile(r"[2-9A-HJKMNP-Z]{8}")
_GONE: Mapping[str, type[Event]] = {
    "no-such-case": NoSuchCase,
    "no-such-draft": DraftGone,
    "bad-code": AppCodeRefused,
}


class CaseHandlers:
    """Over the pool, the centre, the holder's digest of a card, and the way out; without that, nothing can be kept."""

    def __init__(
        self,
        pool: Pool,
        centre: Callable[[], Centre],
        digest: Callable[[IdCard], str],
        outgoing: Outgoing | None,
    ) -> None:
        self._pool, self._centre, self._digest, self._outgoing = pool, centre, digest, outgoing

    def table(self) -> Mapping[type[Effect], Handler]:
        """Effect -> handler."""
        return {
            LookUpHolder: self._look_up,
            AskWhoseCode: self._whose_code,
            SubmitCase: self._submit,
            SaveDraft: self._save_draft,
            OpenDraft: self._open_draft,
            FindCases: self._find,
            SendSupplement: self._supplement,
            WithdrawCase: self._withdraw,
            SendRating: self._rate,
        }

    # --- handed in -----------------------------------------------------------------------------------------------

    def _submit(self, effect: SubmitCase, ctx: Context) -> Request:
        made_at, case = ctx.world.now, relevant(effect.case, ctx.world.catalogue)

        def made() -> Parcel:
            card = case.identity.card if case.identity else None
            return case_letter(case, self._digest(card) if card else "", made_at, effect.key)

        return self._hand_in(ctx, made, CaseKept(), _received)

    def _supplement(self, effect: SendSupplement, ctx: Context) -> Request:
        made_at = ctx.world.now
        return self._hand_in(
            ctx,
            lambda: supplement_letter(effect.token, effect.sheets, made_at, effect.key),
            SupplementKept(),
            _supplemented,
        )

    def _rate(self, effect: SendRating, ctx: Context) -> Request:
        made_at = ctx.world.now
        return self._hand_in(ctx, lambda: rating_letter(effect, made_at), RatingKept(), None)

    def _hand_in(
        self, ctx: Context, made: Callable[[], Parcel], kept: Event, had: Callable[[bytes], Event] | None
    ) -> "HandedIn | NoRequest":
        if self._outgoing:
            return self._outgoing.hand_in(ctx, made, kept, had)
        ctx.post(NotKept())
        return NoRequest()

    # --- drafts --------------------------------------------------------------------------------------------------

    def _save_draft(self, effect: SaveDraft, ctx: Context) -> Request:
        def save() -> Event:
            card = effect.case.identity.card if effect.case.identity else None
            parcel = draft_letter(effect.case, self._digest(card) if card else "", effect.key)
            try:
                return self._saved(parcel, ctx)
            except (CentreUnreachable, CentreBusy):
                self._keep_draft(parcel, ctx)
                raise

        return self._ask(ctx, save)

    def _saved(self, parcel: Parcel, ctx: Context) -> Event:
        from kiosk.contract.drafts import Draft  # noqa: PLC0415
        from kiosk.courier.carry import carry  # noqa: PLC0415

        letter, files = parcel
        draft = Draft.model_validate_json(carry(self._centre(), letter, files.get))
        return DraftSaved(draft.code, draft.expires_at.astimezone(ctx.world.now.tzinfo).date().isoformat())

    def _keep_draft(self, parcel: Parcel, ctx: Context) -> None:
        """Under the same key: if the centre has it after all, it has it once."""
        if self._outgoing:
            with suppress(StoreError):  # then it is as if there were no outbox: the centre is away, and that is told
                self._outgoing.outbox.put(*parcel)
                ctx.post(DraftKept())

    def _open_draft(self, effect: OpenDraft, ctx: Context) -> Request:
        def opened(centre: Centre) -> Event:
            from kiosk.handlers.drafts import open_draft  # noqa: PLC0415

            code = effect.code.strip().upper()
            if not DRAFT_CODE.fullmatch(code):
                return DraftGone()
            return DraftOpened(open_draft(centre, code, self._digest(effect.card), effect.card))

        return self._ask_centre(ctx, opened)

    # --- asked ---------------------------------------------------------------------------------------------------

    def _look_up(self, effect: LookUpHolder, ctx: Context) -> Request:
        def known(centre: Centre) -> Event:
            holder = self._digest(effect.card)
            return HolderKnown(centre.holder(holder), centre.drafts_of(holder))

        return self._ask_centre(ctx, known)

    def _whose_code(self, effect: AskWhoseCode, ctx: Context) -> Request:
        def whose(centre: Centre) -> Event:
            from kiosk.handlers.app_codes import card_read  # noqa: PLC0415

            return card_read(centre.identity_of_code(effect.code.text.strip()))

        return self._ask_centre(ctx, whose)

    def _find(self, effect: FindCases, ctx: Context) -> Request:
        return self._ask_centre(ctx, lambda centre: self._found(effect, centre))

    def _found(self, effect: FindCases, centre: Centre) -> Event:
        if effect.card:
            return CasesFound(centre.cases_of(self._digest(effect.card)))
        if not effect.token:
            return CasesFound((centre.case_by_number(effect.number, effect.phone4),))
        token = TOKEN.fullmatch(effect.token.strip())
        return CasesFound((centre.case_by_token(token[1]),)) if token else NoSuchCase()

    def _withdraw(self, effect: WithdrawCase, ctx: Context) -> Request:
        return self._ask_centre(ctx, lambda centre: CaseWithdrawn(centre.withdraw(effect.token)))

    def _ask_centre(self, ctx: Context, work: Callable[[Centre], Event]) -> Request:
        return self._ask(ctx, lambda: work(self._centre()))

    def _ask(self, ctx: Context, work: Callable[[], Event]) -> Request:
        return self._pool.ask(work, lambda result: post(ctx, result, _trouble))


def _trouble(error: Exception) -> Event:
    gone = _GONE.get(error.code) if isinstance(error, CentreRefused) else None
    return gone() if gone else centre_trouble(error)


def _received(answer: bytes) -> Event:
    from kiosk.contract.cases import CaseReceipt  # noqa: PLC0415

    return CaseReceived(CaseReceipt.model_validate_json(answer))


def _supplemented(answer: bytes) -> Event:
    from kiosk.contract.cases import CaseView  # noqa: PLC0415

    return SupplementReceived(CaseView.model_validate_json(answer))
