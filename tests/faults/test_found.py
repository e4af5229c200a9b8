"""What the matrix has found, each with the shortest way to see it."""

from uuid import uuid4

from devices import registry
from devices.printers import escpos_wire
from devices.transports import sim
from kiosk.ports.printer import Outcome
from tests.sample_documents import TICKET_EN, TICKET_ZH


def test_half_a_slip_is_cut_off_although_the_stopped_printer_was_greeted_again():
    """A broken printer is opened anew by its worker, and the greeting empties the printer's buffer, where the cut waits."""
    wire = escpos_wire.Wire()
    printer = registry.build("ticket_printer", "escpos", {"url": sim.add(f"found-{uuid4()}", wire), "stall_s": 0.3})
    printer.open()
    assert printer.print("whole", TICKET_EN).outcome is Outcome.OUT
    usual = wire.slips[-1].height
    wire.use_up("20")
    assert printer.print("half", TICKET_ZH).outcome is Outcome.FAILED
    wire.break_with("hardware")
    wire.use_up("5000")
    printer.close()
    printer.open()
    wire.break_with("none")
    assert printer.status().works
    assert printer.print("next", TICKET_EN).outcome is Outcome.OUT
    assert wire.slips[-1].height == usual
    printer.close()
