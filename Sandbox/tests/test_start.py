"""What a worker has on its path, and what it does not run."""

import importlib.util
import os
import subprocess
import sys
import tempfile
import unittest

from worker_process import SANDBOX, Worker


def entry():
    """The file that workers are started with, as a module."""
    description = importlib.util.spec_from_file_location("worker_entry", SANDBOX / "worker.py")
    module = importlib.util.module_from_spec(description)
    description.loader.exec_module(module)
    return module


class Start(unittest.TestCase):
    """Workers are started without `site`."""

    def test_named_folders_count_and_code_does_not_run(self):
        before = list(sys.path)
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "inside"))
            with open(os.path.join(folder, "some.pth"), "w", encoding="utf-8") as file:
                file.write("# a remark\n\ninside\nnowhere\nimport sys; sys.funsearch_was_here = True\n")
            try:
                entry()._named_folders(folder, "some.pth", set())
                added = [path for path in sys.path if path not in before]
            finally:
                sys.path[:] = before
            self.assertEqual(added, [os.path.join(folder, "inside")])
            self.assertFalse(hasattr(sys, "funsearch_was_here"))

    @unittest.skipUnless(hasattr(os, "fork"), "there is no fork")
    def test_a_fork_does_not_seed_the_generator_anew(self):
        script = (
            "import os, sys, types\n"
            "package = sys.modules['sandbox'] = types.ModuleType('sandbox')\n"
            "package.__path__ = [sys.argv[1]]\n"
            "import sandbox.zygote, random\n"
            "state = random.getstate()\n"
            "child = os.fork()\n"
            "if child == 0:\n"
            "    os._exit(random.getstate() != state)\n"
            "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
        )
        done = subprocess.run([sys.executable, "-S", "-B", "-c", script, str(SANDBOX)], check=False)
        self.assertEqual(done.returncode, 0)

    def test_installed_packages_are_found(self):
        if importlib.util.find_spec("numpy") is None:
            self.skipTest("numpy is not installed")
        with Worker() as worker:
            self.assertIsNotNone(worker.greeting["numpy"])


if __name__ == "__main__":
    unittest.main()
