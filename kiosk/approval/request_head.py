"""The server's reader of requests (llhttp), with a limit for what comes before a body: the parser itself has none."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
"""Request line and headers; what the other parser of the server, h11, takes."""


class BoundedHead(HttpToolsProtocol):
    """Answers 400 and closes when the head of a request does not end."""

    _in_head, _head_bytes = False, 0

    def data_received(self, data: bytes) -> None:
        """Parse it, unless more of a head has come than anybody needs."""
        if self._in_head:
            self._head_bytes += len(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            self.send_400_response("The head of the request is too large.")
            return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """A head begins; of the bytes it begins in, none are counted: they are few."""
        self._in_head, self._head_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is over."""
        self._in_head, self._head_bytes = False, 0
        super().on_headers_complete()
