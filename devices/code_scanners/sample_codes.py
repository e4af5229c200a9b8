"""Codes to hold before a simulated scanner. All numbers and people in them are invented."""

from dataclasses import dataclass

from devices.code_scanners.texts import LONGEST
from kiosk.texts import Msg, msg

CHINESE = "受理回执 穗番市监 样本000127号"


@dataclass(frozen=True, repr=False)
class SampleCode:
    """A code: what stands on the paper, and the bytes in it."""

    label: Msg
    text: str
    encoding: str = "ascii"

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.text.encode(self.encoding)


CODES = {
    "receipt": SampleCode(msg("A receipt's code"), "https://approval.example/q/sample-000127"),
    "book": SampleCode(msg("A bar code of 13 digits"), "9787300000008"),
    "chinese": SampleCode(msg("A Chinese code in UTF-8"), CHINESE, "utf-8"),
    "chinese-gb": SampleCode(msg("A Chinese code in GB18030"), CHINESE, "gb18030"),
    "largest": SampleCode(msg("The largest code there is"), ("0123456789ABCDEF" * 185)[:LONGEST]),
}
