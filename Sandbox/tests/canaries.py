"""Things that a hostile program would like to reach, and whether one of them was reached."""

import os
import socket
import subprocess
import tempfile
import uuid

from pathlib import Path

_SHARED = ("/proc/sysvipc/shm", "/proc/sysvipc/sem", "/proc/sysvipc/msg")
_FOLDERS = ("/tmp", "/dev/shm", "/dev/mqueue", "/var/tmp")


class Canaries:
    """Files, sockets, a process, an environment variable; a context manager that removes them."""

    def __init__(self, watched=(), user=None):
        self.marker = "canary" + uuid.uuid4().hex
        self._value = "secret" + uuid.uuid4().hex
        self._folder = Path(tempfile.mkdtemp(prefix="canaries-"))
        self._folder.chmod(0o777)
        self._secret = self._file("secret", 0o644)
        self._victim_file = self._file("victim", 0o666)
        self._home = Path(os.path.expanduser("~"), "." + self.marker)
        self._home.write_text(self._value)
        self._home.chmod(0o644)
        self._watched = [self._folder, *map(Path, watched)]
        self._servers = self._listen()
        self._process = subprocess.Popen(
            ["sleep", "100000"],
            cwd="/",
            env={"SECRET": self._value},
            **({"user": user, "group": user} if user else {})
        )
        self._before = self._state()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        for server in self._servers.values():
            server.close()
        self._home.unlink()
        for path in self._folder.iterdir():
            path.unlink()
        self._folder.rmdir()

    def places(self):
        """What programs call them; the secret itself is not among these."""
        return {
            "marker": self.marker,
            "folder": self._folder,
            "secret": self._secret,
            "home": self._home,
            "victim_file": self._victim_file,
            "victim": self._process.pid,
            "product": os.getpid(),
            "port": self._servers["tcp"].getsockname()[1],
            "udp": self._servers["udp"].getsockname()[1],
            "socket": self._folder / "socket",
            "abstract": self.marker,
        }

    def environment(self):
        """What the process under attack has in its environment, and must keep to itself."""
        return {"TOKEN_" + self.marker: self._value}

    def disturbed(self, said=""):
        """What was reached; `said` is all that the product printed."""
        found = []
        after = self._state()
        found += ["%s changed" % key for key in self._before if self._before[key] != after[key]]
        self._before = after
        if self._process.poll() is not None:
            found.append("the process outside has ended")
        for name, server in self._servers.items():
            try:
                server.recv(1) if name == "udp" else server.accept()
                found.append("%s was reached" % name)
            except BlockingIOError:
                pass
        if self._value in said:
            found.append("a secret was told: %r" % said[:200])
        return found

    def _file(self, name, mode):
        path = self._folder / name
        path.write_text(self._value)
        path.chmod(mode)
        return path

    def _listen(self):
        servers = {
            "tcp": socket.socket(socket.AF_INET, socket.SOCK_STREAM),
            "udp": socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
            "unix": socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
            "abstract": socket.socket(socket.AF_UNIX, socket.SOCK_STREAM),
        }
        addresses = {
            "tcp": ("127.0.0.1", 0),
            "udp": ("127.0.0.1", 0),
            "unix": str(self._folder / "socket"),
            "abstract": "\0" + self.marker,
        }
        for name, server in servers.items():
            server.bind(addresses[name])
            if name != "udp":
                server.listen(8)
            server.setblocking(False)
        (self._folder / "socket").chmod(0o777)
        return servers

    def _state(self):
        state = {}
        for folder in self._watched:
            for path in [folder, *sorted(folder.rglob("*"))]:
                found = path.lstat()
                state[str(path)] = (found.st_mode, found.st_uid, found.st_size, found.st_mtime_ns)
        for path in (self._secret, self._victim_file, self._home):
            state["text of %s" % path] = path.read_text()
        for path in _SHARED:
            if os.path.exists(path):
                # Only the keys: others use these facilities too.
                lines = Path(path).read_text().splitlines()[1:]
                state[path] = sorted(line.split()[0] for line in lines if int(line.split()[0]) == 0x5A17)
        for folder in _FOLDERS:
            if os.path.isdir(folder):
                state[folder] = sorted(name for name in os.listdir(folder) if self.marker in name)
        return state
