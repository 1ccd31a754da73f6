"""The client's side of a WebSocket (RFC 6455), as far as Chromium's DevTools need it."""

import base64
import hashlib
import os
import socket
import struct
import urllib.parse

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CONTINUATION, CLOSE, PING, PONG = 1, 0, 8, 9, 10


class WebSocket:
    """One connection; messages are texts."""

    def __init__(self, url, seconds=30):
        """Connects to ws://HOST:PORT/PATH; waits for at most `seconds` for anything."""
        place = urllib.parse.urlsplit(url)
        self._socket = socket.create_connection((place.hostname, place.port), timeout=seconds)
        self._pending = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall((
            f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        status = self._line()
        headers = {}
        while (line := self._line()):
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        answer = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
        if " 101 " not in status or headers.get("sec-websocket-accept") != answer:
            raise ConnectionError(f"no WebSocket at {url}: {status.strip()}")

    def send(self, text):
        """Sends one message."""
        self._send(TEXT, text.encode())

    def receive(self, seconds):
        """The next message; None when there is none within `seconds`."""
        self._socket.settimeout(seconds)
        parts = []
        try:
            while True:
                final, opcode, payload = self._frame()
                if opcode == PING:
                    self._send(PONG, payload)
                elif opcode == CLOSE:
                    raise ConnectionError("the browser closed the connection")
                elif opcode in (TEXT, CONTINUATION):
                    parts.append(payload)
                    if final:
                        return b"".join(parts).decode()
        except socket.timeout:
            if parts:
                raise
            return None

    def close(self):
        """Closes without ceremony."""
        self._socket.close()

    def _send(self, opcode, payload):
        size = len(payload)
        if size < 126:
            head = struct.pack("!BB", 0x80 | opcode, 0x80 | size)
        elif size < 1 << 16:
            head = struct.pack("!BBH", 0x80 | opcode, 0x80 | 126, size)
        else:
            head = struct.pack("!BBQ", 0x80 | opcode, 0x80 | 127, size)
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload))
        self._socket.sendall(head + mask + masked)

    def _frame(self):
        first, second = self._exactly(2)
        # From here on the rest of the frame is on its way.
        self._socket.settimeout(30)
        size = second & 0x7F
        if size == 126:
            size = struct.unpack("!H", self._exactly(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._exactly(8))[0]
        return bool(first & 0x80), first & 0x0F, self._exactly(size)

    def _exactly(self, count):
        """The next `count` bytes; a wait that is over in between loses none of them."""
        while len(self._pending) < count:
            data = self._socket.recv(1 << 16)
            if not data:
                raise ConnectionError("the browser went away")
            self._pending += data
        data, self._pending = self._pending[:count], self._pending[count:]
        return data

    def _line(self):
        while b"\r\n" not in self._pending:
            held = self._exactly(len(self._pending) + 1)
            self._pending = held + self._pending
        line, _, self._pending = self._pending.partition(b"\r\n")
        return line.decode()
