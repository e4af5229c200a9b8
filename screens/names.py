"""What text sizes and contrasts are called."""

from collections.abc import Mapping

from kiosk.texts import Text, msg

SIZE_NAMES: Mapping[str, Text] = {
    "S": msg("Small"),
    "M": msg("Standard"),
    "L": msg("Large"),
    "XL": msg("Very large"),
}
CONTRAST_NAMES: Mapping[str, Text] = {
    "standard": msg("Standard colours"),
    "light": msg("Black on white"),
    "dark": msg("White on black"),
    "vivid": msg("Blue and yellow"),
}
