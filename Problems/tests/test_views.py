"""Views: each draws what its problem's own program finds, with as many marks as there are parts."""

import importlib.util
import re
import sys
import unittest
import unittest.mock
import xml.etree.ElementTree

import problem


def view_of(name):
    """The problem whose view draws what is found for the problem of that name."""
    named = re.search(r"^view: (.+)$", (problem.PROBLEMS / name / "problem.yaml").read_text(), re.MULTILINE)
    return named.group(1) if named else name


def drawn(name, specification, value, artifact):
    """What the view of the problem of that name draws, as an element."""
    path = problem.PROBLEMS / view_of(name) / "view.py"
    description = importlib.util.spec_from_file_location("view", path)
    module = importlib.util.module_from_spec(description)
    with unittest.mock.patch.dict(sys.modules, {"specification": specification}):
        description.loader.exec_module(module)
        return xml.etree.ElementTree.fromstring(module.view(value, artifact))


def result(name, value):
    """The specification of a problem, and the artifact of its own program, as JSON has it."""
    specification = problem.load(name)
    artifact = specification.evaluate(value).artifact

    def plain(part):
        return [plain(inner) for inner in part] if isinstance(part, (list, tuple)) else part

    return specification, plain(artifact)


def squares(element, name):
    """The number of squares in paths of that class."""
    return sum(path.get("d").count("z") for path in element.iter("path") if path.get("class") == name)


class Views(unittest.TestCase):
    def test_sets_have_a_mark_for_each_element(self):
        for name, value in (("cap-set", 4), ("cyclic-graphs", [7, 3]), ("cyclic-graphs", [5, 1])):
            with self.subTest(name, value=value):
                specification, artifact = result(name, value)
                self.assertEqual(squares(drawn(name, specification, value, artifact), "f0"), len(artifact))

    def test_corners_have_a_square_for_each_point(self):
        specification, artifact = result("corners", [2, 2])
        found = drawn("corners", specification, [2, 2], artifact)
        self.assertEqual(len(found.findall("rect")), len(artifact))

    def test_admissible_sets_have_a_mark_for_each_entry_that_is_not_zero(self):
        specification, artifact = result("admissible-set", [6, 4])
        found = drawn("admissible-set", specification, [6, 4], artifact)
        for entry, name in ((1, "f0"), (2, "f1")):
            self.assertEqual(squares(found, name), sum(vector.count(entry) for vector in artifact))

    def test_circles_are_where_they_were_found(self):
        specification, artifact = result("circle-packing", 5)
        circles = drawn("circle-packing", specification, 5, artifact).findall("circle")
        self.assertEqual(len(circles), 5)
        self.assertAlmostEqual(sum(float(circle.get("r")) for circle in circles) / 500,
                               sum(radius for _, _, radius in artifact), delta=0.001)

    def test_packings_have_a_bar_for_each_bin(self):
        value = {"kind": "uniform", "items": 40, "seed": 1, "count": 2}
        for name in ("bin-packing-or-scalar", "bin-packing-weibull-scalar"):
            with self.subTest(name):
                specification, artifact = result("bin-packing-or-scalar", value)
                found = drawn(name, specification, value, artifact)
                self.assertEqual(squares(found, "grid"), len(set(artifact[0])))
                self.assertEqual(squares(found, "f0"), 40)

    def test_no_two_problems_have_the_same_view(self):
        texts = [path.read_text() for path in problem.PROBLEMS.glob("*/view.py")]
        self.assertEqual(len(texts), len(set(texts)))


if __name__ == "__main__":
    unittest.main()
