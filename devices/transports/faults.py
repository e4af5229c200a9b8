"""What operating-system errors on a cable mean, in sentences a technician can act on."""

import errno

from kiosk.errors import DeviceUnavailable, Fault


class NotTaking(DeviceUnavailable):
    """The other side is there and stopped taking data."""


class BadAddress(DeviceUnavailable):
    """The address itself is wrong, whatever is connected."""


REASONS: dict[int, tuple[str, Fault]] = {
    errno.ENOENT: ("There is no {url}. Check the cable, or the address in the settings.", Fault.UNPLUGGED),
    errno.ENXIO: ("Nothing is connected to {url}. Check the cable and the power.", Fault.UNPLUGGED),
    errno.ENODEV: ("Nothing is connected to {url}. Check the cable and the power.", Fault.UNPLUGGED),
    errno.EIO: ("{url} was unplugged. Check the cable.", Fault.UNPLUGGED),
    errno.EACCES: (
        "{url} may not be opened by this user. Install config/system/60-kiosk.rules, or join the device's group.",
        Fault.WRONG_DEVICE,
    ),
    errno.EPERM: ("{url} may not be opened by this user. Join the device's group.", Fault.WRONG_DEVICE),
    errno.EAGAIN: ("{url} is used by another program, perhaps a second kiosk. End it first.", Fault.OFFLINE),
    errno.EBUSY: ("{url} is used by another program, perhaps a second kiosk. End it first.", Fault.OFFLINE),
    errno.ENOTTY: ("{url} is not a serial port. Check the address in the settings.", Fault.WRONG_DEVICE),
    errno.EISDIR: ("{url} is a folder, not a device. Check the address in the settings.", Fault.WRONG_DEVICE),
    errno.EINVAL: ("{url} does not take these serial settings. Check the baud rate.", Fault.WRONG_DEVICE),
    errno.ECONNREFUSED: ("Nothing listens at {url}. Check the device's power and address.", Fault.UNPLUGGED),
    errno.ECONNRESET: ("{url} ended the connection. Check the device's power.", Fault.UNPLUGGED),
    errno.EPIPE: ("{url} ended the connection. Check the device's power.", Fault.UNPLUGGED),
    errno.EHOSTUNREACH: ("{url} cannot be reached. Check the network cable and the address.", Fault.UNPLUGGED),
    errno.ENETUNREACH: ("{url} cannot be reached. Check the network cable and the address.", Fault.UNPLUGGED),
    errno.ETIMEDOUT: ("{url} does not answer. Check the network cable and the address.", Fault.UNPLUGGED),
}
"""errno -> sentence with {url}, and the fault it is."""


def silent(called: str, where: str) -> DeviceUnavailable:
    """Nobody answers: a "card reader" "at /dev/ttyUSB0"."""
    return DeviceUnavailable(f"The {called} {where} does not answer. Check its power and cable.", Fault.NO_ANSWER)


def another_answers(called: str, where: str) -> DeviceUnavailable:
    """What answers there does not speak the device's language, or not at this speed."""
    reason = f"What answers {where} is no {called}. Check address and baud rate in the settings."
    return DeviceUnavailable(reason, Fault.WRONG_DEVICE)


def unavailable(url: str, error: BaseException) -> DeviceUnavailable:
    """Our error for one of the operating system's on the cable at `url`."""
    if isinstance(error, DeviceUnavailable):
        return error
    number = _number(error)
    sentence, fault = REASONS.get(number, ("{url} cannot be used: {why}.", Fault.UNPLUGGED))
    return DeviceUnavailable(sentence.format(url=url, why=_why(error)), fault)


def _number(error: BaseException) -> int:
    """The errno; termios.error carries it as its first argument, and pyserial only in its text."""
    number = getattr(error, "errno", None)
    if isinstance(number, int):
        return number
    first = error.args[0] if error.args else None
    if isinstance(first, int):
        return first
    return _number_in(str(error))


def _number_in(text: str) -> int:
    for number in REASONS:
        if f"[Errno {number}]" in text or f"({number}, " in text:
            return number
    gone = "returned no data" in text or "disconnected" in text
    return errno.EIO if gone else 0


def _why(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__
