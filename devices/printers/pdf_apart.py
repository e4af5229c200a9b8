"""Sets pages as PDF in a process of its own: a second of work and 30 MB of libraries, beside a screen that must not halt.

As a program: a pickled (folder of typefaces, of languages, document) on standard input, the PDF on standard output. What passes
between the two processes is a pipe that nobody else holds.
"""

import pickle
import subprocess
import sys
from pathlib import Path

from kiosk import fonts, words
from kiosk.errors import SetupError
from kiosk.ports.document import Document, ready_pages

PATIENCE_S = 60.0


def pdf_apart(document: Document) -> bytes:
    """The document as a PDF file. Raises SetupError when it could not be set, with the reason but none of its text. Pages that
    are ready are returned as they are."""
    if ready := ready_pages(document):
        return ready
    root = Path(__file__).resolve().parents[2]
    work = pickle.dumps((fonts.folder(), words.folders()[-1], document))
    command = [sys.executable, "-m", "devices.printers.pdf_apart"]
    try:
        done = subprocess.run(command, input=work, capture_output=True, timeout=PATIENCE_S, cwd=root, check=True)
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise SetupError(f"The pages could not be set: {reason[0]}") from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SetupError(f"The pages could not be set: {type(error).__name__}") from None
    return done.stdout


def _main() -> int:
    from devices.printers.pdf import pdf  # noqa: PLC0415  only this process pays for it

    faces, languages, document = pickle.loads(sys.stdin.buffer.read())  # noqa: S301  from our own parent
    fonts.use(faces)
    words.use(languages)
    try:
        sys.stdout.buffer.write(pdf(document))
    except Exception as error:  # noqa: BLE001  a traceback could quote the document; the parent gets one line
        sys.stderr.write(str(error) if isinstance(error, SetupError) else type(error).__name__)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(_main())
