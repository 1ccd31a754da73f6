"""A proxy that spoils connections, in turn, each of one request: LISTEN UPSTREAM MODE,MODE,…

Modes: ok, cut (closes in the middle of the answer), reset, stall, garbage, refuse; and instead of an answer
busy (429), unavailable (503) and html (502 with a page, as balancers send).
"""

import asyncio
import itertools
import socket
import struct
import sys


async def pump(reader, writer):
    """Copies until the end, or until one side is gone."""
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except ConnectionError:
        pass


ANSWERS = {
    "busy": (429, "Retry-After: 1\r\nContent-Type: application/json",
             '{"error": {"message": "slow down", "type": "rate_limit", "code": "rate_limit_exceeded"}}'),
    "unavailable": (503, "Content-Type: application/json",
                    '{"error": {"message": "loading model", "type": "unavailable_error", "code": 503}}'),
    "html": (502, "Content-Type: text/html", "<html><head><title>502 Bad Gateway</title></head></html>"),
}


def answer(status, fields, body):
    """A whole answer, after which the connection is closed."""
    fields += f"\r\nContent-Length: {len(body)}\r\nConnection: close"
    return f"HTTP/1.1 {status} Status\r\n{fields}\r\n\r\n{body}".encode()


async def request(reader):
    """One request, which asks for the connection to be closed after its answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    lengths = [int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")]
    length = lengths[0] if lengths else 0
    return b"\r\n".join([lines[0], b"Connection: close", *lines[1:]]) + await reader.readexactly(length)


async def first_half(reader):
    """The head of an answer and a part of its body."""
    data = b""
    while b"\r\n\r\n" not in data or len(data.split(b"\r\n\r\n", 1)[1]) < 60:
        piece = await reader.read(65536)
        if not piece:
            break
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n" + body[: len(body) // 2]


async def spoil(mode, reader, writer):
    """Does to one answer what the mode says."""
    if mode == "garbage":
        writer.write(b"\x00\xffthis is not HTTP\r\n\r\n")
    else:
        writer.write(await first_half(reader))
    await writer.drain()
    if mode == "stall":
        await asyncio.sleep(3600)
    if mode == "reset":
        # Without lingering a close is a reset.
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


async def main():
    listen, upstream, modes = int(sys.argv[1]), int(sys.argv[2]), itertools.cycle(sys.argv[3].split(","))

    async def handle(reader, writer):
        mode = next(modes)
        try:
            if mode == "refuse":
                writer.transport.abort()
                return
            asked = await request(reader)
            if mode in ANSWERS:
                writer.write(answer(*ANSWERS[mode]))
                await writer.drain()
            else:
                back, forth = await asyncio.open_connection("127.0.0.1", upstream)
                forth.write(asked)
                await (pump(back, writer) if mode == "ok" else spoil(mode, back, writer))
                forth.close()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", listen)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
