"""The client and the service over TLS: an authority that vouches for the service is needed, and enough."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.centre.client import HttpCentre, enrol
from kiosk.errors import CentreForbidden, CentreUnreachable


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for 127.0.0.1 that signs itself, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "centre")])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (tmp_path / "key.pem").write_bytes(pem)
    path = tmp_path / "certificate.pem"
    path.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def url(certificate: Path, tmp_path: Path) -> Iterator[str]:
    words = [sys.executable, "-m", "kiosk", "approval", "serve", "--port", "0", "--certificate", str(certificate)]
    words += ["--key", str(tmp_path / "key.pem"), "--database", f"sqlite:///{tmp_path / 'a.db'}"]
    child = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    assert child.stderr
    try:
        yield next(found[0] for line in child.stderr if (found := re.findall(r"serving on (\S+),", line)))
    finally:
        child.send_signal(signal.SIGTERM)
        child.wait(10)
        child.stderr.close()
    assert child.returncode == 128 + signal.SIGTERM


def test_tls(url: str, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert url.startswith("https://127.0.0.1:")
    with pytest.raises(CentreForbidden):
        enrol(url, "0000-0000-0000", "hall-1", ca_file=str(certificate))
    monkeypatch.setitem(os.environ, "REQUESTS_CA_BUNDLE", str(certificate))
    stranger = HttpCentre(url, "kiosk-1.secret", version="1")
    with pytest.raises(CentreUnreachable, match="SSLError"):
        stranger.queues()
    stranger.close()
