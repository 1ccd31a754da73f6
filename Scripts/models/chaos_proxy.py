"""A TCP proxy that spoils connections, in turn: LISTEN UPSTREAM MODE,MODE,…

Modes: ok, cut (closes in the middle of the answer), reset, stall, garbage, refuse.
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
            back, forth = await asyncio.open_connection("127.0.0.1", upstream)
            asyncio.get_running_loop().create_task(pump(reader, forth))
            await (pump(back, writer) if mode == "ok" else spoil(mode, back, writer))
            forth.close()
        except ConnectionError:
            pass
        writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", listen)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
