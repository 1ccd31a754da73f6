"""Chromium without a screen, and the pages it shows."""

import base64
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import urllib.request

from .websocket import WebSocket

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")


def find():
    """The browser's path: FUNSEARCH_CHROMIUM, or the first known name on PATH; None where there is none."""
    names = [os.environ["FUNSEARCH_CHROMIUM"]] if "FUNSEARCH_CHROMIUM" in os.environ else NAMES
    return next(filter(None, map(shutil.which, names)), None)


class Chromium:
    """A browser with a profile of its own, gone when it is closed."""

    def __init__(self, path):
        self._profile = tempfile.TemporaryDirectory(prefix="browser-", ignore_cleanup_errors=True)
        command = [
            path, "--headless=new", "--remote-debugging-port=0", f"--user-data-dir={self._profile.name}",
            "--no-first-run", "--no-default-browser-check", "--disable-gpu", "--disable-dev-shm-usage",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--hide-scrollbars", "--force-color-profile=srgb", "about:blank"]
        if os.geteuid() == 0:
            # Chromium's own sandbox refuses root.
            command.insert(1, "--no-sandbox")
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._port = self._wait_for_port(pathlib.Path(self._profile.name) / "DevToolsActivePort")

    def _wait_for_port(self, file):
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                raise RuntimeError(f"the browser ended with exit status {self._process.returncode}")
            if file.exists() and len(file.read_text().split()) == 2:
                return int(file.read_text().split()[0])
            time.sleep(0.05)
        raise RuntimeError("the browser does not say where it listens")

    def page(self):
        """A new page."""
        request = urllib.request.Request(f"http://127.0.0.1:{self._port}/json/new?about:blank", method="PUT")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return Page(json.load(answer)["webSocketDebuggerUrl"])

    def close(self):
        """Ends the browser."""
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._profile.cleanup()


class Page:
    """One page, and everything it complained about."""

    def __init__(self, url):
        self._socket = WebSocket(url)
        self._last = 0
        self._loaded = False
        self.complaints = []
        self.statuses = {}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")
        self.size(1200, 900)

    def call(self, method, **parameters):
        """The result of one command; events that come before it are noted."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            message = self._message(60)
            if message is None:
                raise TimeoutError(f"no answer to {method}")
            if message.get("id") == self._last:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']['message']}")
                return message["result"]

    def _message(self, seconds):
        text = self._socket.receive(seconds)
        if text is None:
            return None
        message = json.loads(text)
        self._note(message.get("method"), message.get("params"))
        return message

    def _note(self, method, parameters):
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Runtime.exceptionThrown":
            self.complaints.append("exception: " + json.dumps(parameters["exceptionDetails"])[:500])
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.complaints.append("console: " + json.dumps(parameters["args"])[:500])
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append("log: " + parameters["entry"]["text"][:500])
        elif method == "Page.javascriptDialogOpening":
            self.complaints.append("dialog: " + parameters["message"])
        elif method == "Network.responseReceived":
            self.statuses[parameters["response"]["url"]] = parameters["response"]["status"]

    def open(self, url):
        """Goes to an address and waits until it is loaded."""
        self._loaded = False
        result = self.call("Page.navigate", url=url)
        if "errorText" in result:
            raise RuntimeError(f"{url}: {result['errorText']}")
        self.wait(lambda: self._loaded, f"{url} is not loaded")

    def value(self, expression):
        """The value of a JavaScript expression in the page."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']['text']}")
        return result["result"].get("value")

    def wait(self, condition, complaint, seconds=60):
        """Takes events until the condition holds."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(complaint)
            self._message(0.1)

    def size(self, width, height):
        """The size of the window, in CSS pixels."""
        self.call("Emulation.setDeviceMetricsOverride",
                  width=width, height=height, deviceScaleFactor=1, mobile=False)

    def media(self, scheme="light", kind=""):
        """Light or dark, and `print` for the look on paper."""
        self.call("Emulation.setEmulatedMedia", media=kind,
                  features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path, height=None):
        """Keeps what is seen, or the page's first `height` pixels, as PNG."""
        clip = {}
        if height:
            width = self.value("window.innerWidth")
            clip = {"clip": {"x": 0, "y": 0, "width": width, "height": height, "scale": 1},
                    "captureBeyondViewport": True}
        data = self.call("Page.captureScreenshot", format="png", **clip)["data"]
        pathlib.Path(path).write_bytes(base64.b64decode(data))

    def close(self):
        """Closes the page."""
        self.call("Page.close")
        self._socket.close()
