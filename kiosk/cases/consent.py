"""The words that are consented to when an application is handed in. A change of the words takes a new id."""

from kiosk.texts import msg

CONSENT = "apply-2026-1"
"""kiosk.contract.cases.CaseRequest.consent."""
STATEMENT = msg(
    "What I have told and handed in is true and complete. The authority may check it with other authorities for this "
    "application. If it is not true, I am responsible for it."
)
