"""Symbolic regression: files, linear scaling and the verifier against plain definitions."""

import importlib.util
import pathlib
import re
import shutil
import tempfile
import unittest
from fractions import Fraction

import problem

regression = problem.load("symbolic-regression")
TRAIN = {"file": "data.csv", "rows": "train"}
TEST = {"file": "data.csv", "rows": "test"}


def naive_score(found, wanted, fit_found, fit_wanted):
    """Minus the unexplained variance in percent, with the least-squares line of the fit; exact."""
    found, wanted, xs, ys = (list(map(Fraction, v)) for v in (found, wanted, fit_found, fit_wanted))
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    spread = sum((x - mean_x) ** 2 for x in xs)
    factor = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys)) / spread if spread else 0
    errors = sum((factor * (x - mean_x) + mean_y - y) ** 2 for x, y in zip(found, wanted))
    mean = sum(wanted) / len(wanted)
    return -100 * float(errors / sum((y - mean) ** 2 for y in wanted))


class RegressionTest(unittest.TestCase):
    def evaluate(self, choice, function):
        regression.predict = function
        return regression.evaluate(choice)

    def own(self, text):
        """The specification beside a file own.csv with this text."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = pathlib.Path(folder.name)
        shutil.copy(problem.PROBLEMS / "symbolic-regression" / "specification.py", path)
        (path / "own.csv").write_text(text)
        return problem.load_file(path / "specification.py")


class EvaluateTest(RegressionTest):
    def test_agrees_with_exact_arithmetic(self):
        data = regression.table("data.csv")
        for function in (
            lambda row: row[0] * row[1],
            lambda row: abs(row[0] - row[2]),
            lambda row: row[0] > 0,
            lambda row: 7,
            lambda row: row[1] ** 3 * 1e6 - 1e9,
        ):
            fit = [float(function(row)) for row in data.train]
            for choice, rows, wanted in (
                (TRAIN, data.train, data.train_values), (TEST, data.test, data.test_values),
            ):
                result = self.evaluate(choice, function)
                expected = naive_score([float(function(row)) for row in rows], wanted, fit, data.train_values)
                self.assertAlmostEqual(result.score, expected, places=8)
                self.assertEqual(regression.verify(choice, list(result.artifact)), result.score)

    def test_factor_and_constant_do_not_matter(self):
        one = self.evaluate(TRAIN, lambda row: row[0] * row[1]).score
        other = self.evaluate(TRAIN, lambda row: -3.5 * row[0] * row[1] + 12).score
        self.assertAlmostEqual(one, other, places=9)

    def test_the_formula_of_the_data_is_nearly_perfect(self):
        def formula(row):
            return row[0] * row[1] / (1 + row[2] ** 2) + 0.5 * abs(row[0] - row[2])

        self.assertGreater(self.evaluate(TRAIN, formula).score, -0.05)
        self.assertGreater(self.evaluate(TEST, formula).score, -0.05)
        self.assertAlmostEqual(problem.load("symbolic-regression").evaluate(TRAIN).score, -100, places=9)

    def test_the_script_makes_the_data(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        script = problem.PROBLEMS / "symbolic-regression" / "make_data.py"
        copied = shutil.copy(script, folder.name)
        description = importlib.util.spec_from_file_location("make_data", copied)
        module = importlib.util.module_from_spec(description)
        description.loader.exec_module(module)
        module.main()
        made = (pathlib.Path(folder.name) / "data.csv").read_text()
        self.assertEqual(made, script.with_name("data.csv").read_text())

    def test_a_file_from_anywhere_is_as_one_of_the_folder(self):
        text = (problem.PROBLEMS / "symbolic-regression" / "data.csv").read_text()
        (choice,) = regression.read(text, "mine.csv")
        for rows in ("train", "test"):
            results = [
                self.evaluate({**where, "rows": rows}, lambda row: row[0] * row[1])
                for where in (choice, TRAIN)
            ]
            self.assertEqual(results[0].score, results[1].score)
            self.assertEqual(results[0].artifact, results[1].artifact)
        self.assertEqual(choice["rows"], "train")
        for text, message in (
            ("x,y\n1,2\n3,z\n", "mine.csv:3: "), ("", "mine.csv: "), ("x" * 600000, "more than"),
        ):
            with self.assertRaisesRegex(ValueError, message):
                regression.read(text, "mine.csv")

    def test_every_fourth_row_is_for_testing(self):
        own = self.own("x,y\n" + "".join(f"{i},{i * i}\n" for i in range(8)))
        self.assertEqual(own.table("own.csv").train, [(i,) for i in (0.0, 1.0, 2.0, 4.0, 5.0, 6.0)])
        self.assertEqual(own.table("own.csv").test_values, [9.0, 49.0])

    def test_wrong_files_are_refused(self):
        for text, message in (
            ("x,y\n1,2\n3,z\n", "own.csv:3: .* holds what is no number"),
            ("x,y\n1,2\n3\n", "own.csv:3: 2 finite numbers are needed"),
            ("x,y\n1,2\n3,nan\n", "own.csv:3: 2 finite numbers are needed"),
            ("y\n1\n", "own.csv:2: 1 finite numbers are needed, at least two"),
            ("x,y\n" + "1,1\n" * 9, "the last column must hold different numbers"),
            ("", "the last column must hold different numbers"),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(ValueError, message):
                self.own(text).evaluate({"file": "own.csv", "rows": "train"})
        for name in ("none.csv", "../data.csv", "/etc/passwd", 3):
            with self.assertRaisesRegex(ValueError, "the problem's folder"):
                regression.evaluate({"file": name, "rows": "train"})

    def test_what_is_no_finite_number_is_refused_with_its_row(self):
        for value in (None, "1", float("nan"), float("inf"), 1e101, 10**400, 1j, [1.0]):
            with self.subTest(value=value), self.assertRaisesRegex(ValueError, re.escape("the value for (")):
                self.evaluate(TRAIN, lambda row: value)

    def test_other_inputs_are_refused(self):
        for choice in (None, "data.csv", {}, {"file": "data.csv"}, {**TRAIN, "rows": 1}, {**TRAIN, "x": 1}):
            for function in (regression.evaluate, lambda value: regression.verify(value, [])):
                with self.subTest(choice=choice), self.assertRaisesRegex(ValueError, "an input of symbolic"):
                    function(choice)


class VerifyTest(RegressionTest):
    def test_refuses_what_is_no_list_of_values(self):
        count = len(regression.table("data.csv").train)
        for artifact in (None, [], [0.0] * (count - 1), "0" * count):
            with self.assertRaisesRegex(ValueError, f"there must be a list of {count} values"):
                regression.verify(TRAIN, artifact)
        for value in ("1", None, True, float("nan"), float("inf")):
            with self.assertRaisesRegex(ValueError, "the values must be finite numbers"):
                regression.verify(TRAIN, [value] + [0.0] * (count - 1))
        self.assertEqual(regression.verify(TRAIN, list(regression.table("data.csv").train_values)), 0.0)


if __name__ == "__main__":
    unittest.main()
