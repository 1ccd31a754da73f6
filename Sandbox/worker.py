"""Entry of a worker: moves the stream away, isolates itself, greets, and serves (PROTOCOL.md)."""

import os
import sys
import types


def _package():
    """Makes the files of this folder the package `sandbox`, so that their names are nobody else's."""
    here = os.path.dirname(os.path.abspath(__file__))
    package = types.ModuleType("sandbox")
    package.__path__ = [here]
    sys.modules["sandbox"] = package
    sys.path[:] = [path for path in sys.path if path and os.path.abspath(path) != here]


def _packages():
    """Puts the folders of installed packages on the path, where Python was started without (-S).

    Lines of `.pth` files that name folders count as usual; those that are code do not run: they take time and
    memory in every process, and are nobody's business in a sandbox.
    """
    if not sys.flags.no_site:
        return
    import site

    site.addpackage = _named_folders
    known_paths = set(sys.path)
    site.venv(known_paths)
    site.addsitepackages(known_paths)


def _named_folders(folder, name, known_paths):
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return known_paths
    for line in lines:
        path = os.path.join(folder, line.strip())
        if line.strip() and not line.startswith(("#", "import ", "import\t")) and os.path.isdir(path):
            if path not in sys.path:
                sys.path.append(path)
    return known_paths


def main():
    """Runs a worker on file descriptors 0 and 1."""
    _packages()
    _package()
    from sandbox import start

    return start.start(sys.argv[1] if len(sys.argv) > 1 else "{}")


if __name__ == "__main__":
    os._exit(main())
