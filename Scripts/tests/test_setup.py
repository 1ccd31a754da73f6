"""Scripts/setup.sh and its callers on machines that lack things: PATH is a folder of fake programs."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import textwrap
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BASH = shutil.which("bash")
# What setup.sh and the callers use of the system itself.
ORDINARY = (
    "bash", "cat", "chmod", "cp", "dirname", "env", "find", "flock", "mkdir", "mv", "readlink", "rm", "sed",
    "sort", "stat", "tail", "touch", "tr", "true", "wc",
)


class Machine(unittest.TestCase):
    """A checkout with the real scripts, and a PATH that holds only what a test put there."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for name in ORDINARY:
            path = shutil.which(name)
            if path:
                (self.bin / name).symlink_to(path)
        self.root = self.folder / "checkout"
        (self.root / "Scripts").mkdir(parents=True)
        (self.root / "Sources").mkdir()
        (self.root / "Package.swift").write_text("// a manifest\n")
        (self.root / "Sources" / "main.swift").write_text("// a source\n")
        for name in ("funsearch", "Scripts/setup.sh", "Scripts/install"):
            shutil.copy(ROOT / name, self.root / name)
        self.log = self.folder / "log"
        self.log.touch()

    def program(self, name, text):
        """Puts a program on PATH; every call of it is logged."""
        path = self.bin / name
        path.write_text(f'#!{BASH}\necho "{name} $*" >>"{self.log}"\n' + textwrap.dedent(text))
        path.chmod(0o755)

    def complete(self, but=()):
        """A machine with all that is needed, except for what is named."""
        programs = {
            "swift": self.swift(),
            "clang": self.compiler(),
            "git": "",
            "python3": "echo 3.11\n",
            "bwrap": "",
        }
        for name, text in programs.items():
            if name not in but:
                self.program(name, text)

    def swift(self, version="6.3.1", build='echo "$@" >"$scratch/release/arguments"'):
        """A toolchain whose product prints its arguments and exits with 7 if one of them is "fail"."""
        return f"""\
            if [ "$1" = --version ]; then echo "Swift version {version} (swift-{version}-RELEASE)"; exit; fi
            while [ $# -gt 0 ]; do case $1 in --scratch-path) scratch=$2;; esac; shift; done
            mkdir -p "$scratch/release"
            {build}
            product=$scratch/release/funsearch
            printf '#!{BASH}\\nprintf "<%%s>" "$@"\\n[ "$1" != fail ] || exit 7\\n' >"$product.new"
            chmod +x "$product.new"
            mv "$product.new" "$product"
            """

    def compiler(self):
        """A compiler that finds a header if the file of that name in `headers` is there."""
        headers = self.folder / "headers"
        headers.mkdir(exist_ok=True)
        for name in ("sqlite3.h", "cstdlib"):
            (headers / name).touch()
        return f"""\
            while read -r directive name; do
              if [ "$directive" = '#include' ]; then
                name=${{name#<}}; name=${{name%>}}
                [ "$name" = string ] || [ -e "{headers}/$name" ] || exit 1
              fi
            done
            """

    def without_header(self, name):
        (self.folder / "headers" / name).unlink()

    def run_bash(self, script, **environment):
        """Runs bash with the machine's PATH and nothing on its input."""
        return subprocess.run(
            [BASH, "-c", script],
            cwd=self.folder,
            env={"PATH": str(self.bin), "HOME": str(self.folder), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            universal_newlines=True,
            timeout=60,
        )

    def set_up(self, root_user=False, **environment):
        """Runs set_up as root or as somebody else, whoever runs the tests, on something like Linux."""
        return self.run_bash(
            f"""
            set -euo pipefail
            root={self.root}
            . "$root/Scripts/setup.sh"
            is_root() {{ {str(root_user).lower()}; }}
            is_macos() {{ false; }}
            set_up || exit 1
            """,
            **environment,
        )

    def funsearch(self, *arguments, **environment):
        quoted = " ".join(f"'{argument}'" for argument in arguments)
        return self.run_bash(f"checkout/funsearch {quoted}", **environment)

    def calls(self, name):
        """What the program was called with, call by call."""
        lines = self.log.read_text().splitlines()
        return [line[len(name) + 1 :] for line in lines if line.split(" ")[0] == name]


class SetUpTest(Machine):
    def test_says_nothing_where_all_is_there(self):
        self.complete()
        done = self.set_up()
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_looks_once(self):
        self.complete()
        self.set_up()
        before = self.log.read_text()
        self.assertEqual(self.set_up().returncode, 0)
        self.assertEqual(self.log.read_text(), before)

    def test_looks_again_when_path_or_python_change_or_swift_goes(self):
        self.complete()
        self.set_up()
        for environment in ({"PATH": f"{self.bin}:/nowhere"}, {"FUNSEARCH_PYTHON": f"{self.bin}/python3"}):
            before = len(self.calls("swift"))
            self.assertEqual(self.set_up(**environment).returncode, 0)
            self.assertEqual(len(self.calls("swift")), before + 1)
        self.set_up()
        (self.bin / "swift").unlink()
        self.assertEqual(self.set_up().returncode, 1)

    def test_no_swift(self):
        self.complete(but=["swift"])
        self.program("apt-get", "")
        done = self.set_up(root_user=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no Swift toolchain on PATH", done.stderr)
        self.assertIn("https://www.swift.org/install", done.stderr)
        self.assertEqual(self.calls("apt-get"), [])

    def test_old_or_broken_swift(self):
        self.complete()
        for version, message in (
            ("5.10.1", "is Swift 5.10, older than 6.2"),
            ("6.1", "is Swift 6.1, older than 6.2"),
            ("six", "does not run; 'swift --version' said: Swift version six"),
        ):
            self.program("swift", self.swift(version))
            done = self.set_up()
            self.assertEqual(done.returncode, 1)
            self.assertIn(message, done.stderr)
            self.assertIn("https://www.swift.org/install", done.stderr)
        for version in ("6.2", "6.10", "7.0"):
            self.program("swift", self.swift(version))
            self.assertEqual(self.set_up().returncode, 0, version)
            (self.root / ".build" / "funsearch-setup").unlink()

    def test_python_too_old_broken_or_not_there(self):
        self.complete()
        self.program("python3", "echo 3.8")
        done = self.set_up()
        self.assertEqual(done.returncode, 1)
        self.assertIn("Python 'python3' is version 3.8, older than 3.9", done.stderr)
        self.assertIn("FUNSEARCH_PYTHON=", done.stderr)
        self.program("python3", "echo no such version >&2; exit 1")
        done = self.set_up()
        self.assertEqual(done.returncode, 1)
        self.assertIn("Python 'python3' does not run: no such version", done.stderr)
        done = self.set_up(FUNSEARCH_PYTHON="/nowhere/python")
        self.assertEqual(done.returncode, 1)
        self.assertIn("there is no Python '/nowhere/python'", done.stderr)

    def test_numpy_is_installed_for_the_systems_python_alone(self):
        self.complete()
        self.program("apt-get", f'[ "$1" != install ] || touch "{self.folder}/numpy"')
        python = f"""\
            case $2 in
              *numpy*) [ -e "{self.folder}/numpy" ] ;;
              *prefix*) echo PREFIX ;;
              *) echo 3.11 ;;
            esac
            """
        self.program("python3", python.replace("PREFIX", "/home/me/.pyenv/versions/3.11"))
        done = self.set_up(root_user=True)
        self.assertEqual((done.returncode, done.stderr, self.calls("apt-get")), (0, "", []))
        (self.root / ".build" / "funsearch-setup").unlink()
        self.program("python3", python.replace("PREFIX", "/usr"))
        self.assertEqual(self.set_up(root_user=True).returncode, 0)
        self.assertEqual(
            self.calls("apt-get"), ["update", "install -y --no-install-recommends python3-numpy"])

    def test_a_python_named_is_the_one_used(self):
        self.complete()
        self.program("python3", "echo 3.8")
        self.program("python-new", "echo 3.14")
        self.assertEqual(self.set_up(FUNSEARCH_PYTHON="python-new").returncode, 0)

    def test_a_build_folder_that_cannot_be_written(self):
        self.complete()
        (self.root / ".build").write_text("a file in its place")
        done = self.set_up()
        self.assertEqual(done.returncode, 1)
        self.assertIn("cannot write to", done.stderr)


class InstallMissingTest(Machine):
    def lacking_sqlite(self):
        self.complete()
        self.without_header("sqlite3.h")

    def test_root_installs(self):
        self.lacking_sqlite()
        self.program("apt-get", f'[ "$1" = update ] || touch {self.folder}/headers/sqlite3.h; echo noise')
        done = self.set_up(root_user=True)
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertEqual(
            self.calls("apt-get"), ["update", "install -y --no-install-recommends libsqlite3-dev"]
        )
        self.assertIn("installing what is missing: apt-get update && apt-get install", done.stderr)
        self.assertNotIn("noise", done.stderr)

    def test_all_that_is_missing_in_one_go(self):
        self.complete(but=["git", "python3", "bwrap"])
        for header in ("sqlite3.h", "cstdlib"):
            self.without_header(header)
        self.program("dnf", "exit 3")
        done = self.set_up(root_user=True)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(
            self.calls("dnf"), ["install -y git python3 gcc gcc-c++ glibc-devel sqlite-devel"]
        )

    def test_sudo_without_password_installs(self):
        self.lacking_sqlite()
        self.program("apt-get", f"touch {self.folder}/headers/sqlite3.h")
        self.program("sudo", '[ "$1" = -n ] && shift; "$@"')
        done = self.set_up()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("sudo apt-get update && sudo apt-get install", done.stderr)
        self.assertEqual(len(self.calls("apt-get")), 2)

    def test_sudo_with_password_and_no_terminal_prints_the_command(self):
        self.lacking_sqlite()
        self.program("apt-get", "")
        self.program("sudo", "exit 1")
        done = self.set_up()
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing: sqlite. Run this, then try again:", done.stderr)
        self.assertIn(
            "    sudo apt-get update && sudo apt-get install -y --no-install-recommends libsqlite3-dev\n",
            done.stderr,
        )
        self.assertEqual(self.calls("apt-get"), [])

    def test_neither_root_nor_sudo_prints_the_command(self):
        self.lacking_sqlite()
        for manager, command in (
            ("apk", "apk add sqlite-dev"),
            ("zypper", "zypper --non-interactive install sqlite3-devel"),
            ("pacman", "pacman -S --noconfirm --needed sqlite"),
            ("dnf", "dnf install -y sqlite-devel"),
            ("apt-get", "apt-get update && apt-get install -y --no-install-recommends libsqlite3-dev"),
        ):
            self.program(manager, "")
            done = self.set_up()
            self.assertEqual(done.returncode, 1)
            self.assertIn("missing: sqlite. Run this as root, then try again:", done.stderr)
            self.assertIn(f"    {command}\n", done.stderr)
            self.assertEqual(self.calls(manager), [])

    def test_installing_can_be_forbidden(self):
        self.lacking_sqlite()
        self.program("apt-get", "")
        done = self.set_up(root_user=True, FUNSEARCH_NO_INSTALL="1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("    apt-get update && apt-get install", done.stderr)
        self.assertEqual(self.calls("apt-get"), [])

    def test_an_installation_that_fails_or_does_not_help(self):
        self.lacking_sqlite()
        self.program("apt-get", "echo no network >&2; exit 100")
        done = self.set_up(root_user=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("no network", done.stderr)
        self.assertIn("that failed", done.stderr)
        self.program("apt-get", "")
        done = self.set_up(root_user=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("still missing after installing: sqlite", done.stderr)

    def test_no_package_manager(self):
        self.lacking_sqlite()
        done = self.set_up(root_user=True)
        self.assertEqual(done.returncode, 1)
        self.assertIn("missing: sqlite. No package manager that funsearch knows", done.stderr)

    def test_bubblewrap_is_optional_and_asked_for_once(self):
        self.complete(but=["bwrap"])
        self.program("apt-get", "exit 1")
        for root_user in (False, True):
            done = self.set_up(root_user)
            self.assertEqual(done.returncode, 0)
            self.assertIn("apt-get install -y --no-install-recommends bubblewrap\n", done.stderr)
            self.assertIn("going on without bubblewrap", done.stderr)
            self.assertEqual(self.set_up(root_user).stderr, "")
            (self.root / ".build" / "funsearch-setup").unlink()


class FunsearchTest(Machine):
    def setUp(self):
        super().setUp()
        self.complete()

    def builds(self):
        return [call for call in self.calls("swift") if call.startswith("build")]

    def test_passes_arguments_output_and_exit_code(self):
        done = self.funsearch("run", "two words", "")
        self.assertEqual((done.returncode, done.stdout), (0, "<run><two words><>"))
        self.assertIn("funsearch: building funsearch", done.stderr)
        done = self.funsearch("fail")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (7, "<fail>", ""))

    def test_builds_only_when_sources_change(self):
        source = self.root / "Sources" / "main.swift"
        self.funsearch()
        self.funsearch()
        self.assertEqual(len(self.builds()), 1)
        times = source.stat()
        changes = (
            lambda: source.write_text("// another text\n"),
            lambda: (source.write_text("// anothEr text\n"), os.utime(source, ns=(0, times.st_mtime_ns))),
            lambda: (self.root / "Sources" / "more.swift").touch(),
            lambda: (self.root / "Sources" / "more.swift").unlink(),
            lambda: (self.root / "Package.swift").write_text("// another manifest\n"),
            lambda: (self.root / ".build" / "release" / "funsearch").unlink(),
        )
        for count, change in enumerate(changes, 2):
            change()
            self.funsearch()
            self.assertEqual(len(self.builds()), count)
            self.funsearch()
            self.assertEqual(len(self.builds()), count)

    def test_shows_the_build_only_when_it_fails(self):
        self.program("swift", self.swift(build="echo compiling things"))
        done = self.funsearch()
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("compiling things", done.stdout + done.stderr)
        (self.root / "Sources" / "main.swift").write_text("// wrong\n")
        self.program("swift", self.swift(build="echo error: wrong; exit 1"))
        for _ in range(2):
            done = self.funsearch()
            self.assertEqual((done.returncode, done.stdout), (1, ""))
            self.assertIn("error: wrong", done.stderr)
            self.assertIn("the build failed", done.stderr)

    def test_two_at_once_build_once(self):
        done = self.run_bash("checkout/funsearch a & first=$!; checkout/funsearch b; wait $first")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(done.stdout, ("<a><b>", "<b><a>"))
        if (self.bin / "flock").exists():
            self.assertEqual(len(self.builds()), 1)

    def test_finds_the_checkout_through_links_and_from_anywhere(self):
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        (elsewhere / "absolute").symlink_to(self.root / "funsearch")
        (elsewhere / "relative").symlink_to("../checkout/funsearch")
        (self.bin / "fs").symlink_to(elsewhere / "relative")
        for command in (
            "cd elsewhere; ./absolute x",
            "cd elsewhere; ./relative x",
            "cd /; fs x",
            "cd checkout; ./funsearch x",
            "cd checkout; bash funsearch x",
        ):
            done = self.run_bash(command)
            self.assertEqual((done.returncode, done.stdout), (0, "<x>"), command + done.stderr)
        self.assertEqual(len(self.builds()), 1)


class InstallTest(Machine):
    def setUp(self):
        super().setUp()
        self.complete()
        for name in ("Sandbox/worker.py", "Sandbox/tests/test_worker.py", "Problems/cap-set/problem.yaml"):
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        self.prefix = self.folder / "a prefix"

    def install(self, arguments="", **environment):
        return self.run_bash(f"checkout/Scripts/install --prefix 'a prefix' {arguments}", **environment)

    def installed(self):
        paths = (path.relative_to(self.prefix) for path in self.prefix.rglob("*") if path.is_file())
        return sorted(map(str, paths))

    def test_installs_twice_alike_and_removes(self):
        everything = [
            "bin/funsearch",
            "share/bash-completion/completions/funsearch",
            "share/fish/vendor_completions.d/funsearch.fish",
            "share/funsearch/Problems/cap-set/problem.yaml",
            "share/funsearch/Sandbox/worker.py",
            "share/funsearch/installed-files",
            "share/zsh/site-functions/_funsearch",
        ]
        for _ in range(2):
            done = self.install()
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
            self.assertEqual(self.installed(), everything)
            self.assertIn("is not on PATH", done.stderr)
        self.assertIn("--static-swift-stdlib", self.calls("swift")[-1])
        completions = self.prefix / "share/bash-completion/completions/funsearch"
        self.assertEqual(completions.read_text(), "<completions><bash>")
        self.assertIn(f"{self.root}/Scripts/manual", self.calls("python3")[-1])
        self.assertEqual(self.run_bash("'a prefix/bin/funsearch' x").stdout, "<x>")
        done = self.install("--uninstall")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.installed(), [])
        done = self.install("--uninstall")
        self.assertEqual(done.returncode, 1)
        self.assertIn("nothing of funsearch is installed", done.stderr)

    def test_keeps_what_users_added_and_drops_what_is_gone(self):
        self.install()
        mine = self.prefix / "share/funsearch/Problems/mine/problem.yaml"
        mine.parent.mkdir()
        mine.touch()
        (self.root / "Problems/cap-set/problem.yaml").unlink()
        self.install()
        self.assertNotIn("share/funsearch/Problems/cap-set/problem.yaml", self.installed())
        done = self.install("--uninstall")
        self.assertEqual(self.installed(), ["share/funsearch/Problems/mine/problem.yaml"])
        self.assertIn("kept what was added", done.stderr)

    def test_a_failed_build_leaves_the_installation_alone(self):
        self.install()
        before = self.installed()
        self.program("swift", self.swift(build="echo error: no static libraries; exit 1"))
        done = self.install()
        self.assertEqual(done.returncode, 1)
        self.assertIn("no static libraries", done.stderr)
        self.assertIn("This was the static build", done.stderr)
        self.assertEqual(self.installed(), before)

    def test_bad_arguments(self):
        for arguments, message in (
            ("--prefixx", "unknown argument '--prefixx'"),
            ("extra", "unknown argument 'extra'"),
            ("--prefix", "--prefix needs a folder"),
            ("--prefix ''", "--prefix needs a folder"),
        ):
            done = self.install(arguments)
            self.assertEqual((done.returncode, done.stdout), (64, ""))
            self.assertIn(message, done.stderr)
            self.assertEqual(self.installed(), [])
        done = self.install("--help")
        self.assertEqual(done.returncode, 0)
        self.assertIn("Scripts/install [--prefix DIR]", done.stdout)


if __name__ == "__main__":
    unittest.main()
