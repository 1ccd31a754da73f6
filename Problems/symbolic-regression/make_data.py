"""Writes data.csv: 200 rows of three inputs and an output, which is a formula of them and a little noise."""

import pathlib


def uniform(count: int, state: int) -> list:
    """Numbers from 0 to 1 of six digits, from a linear congruence."""
    drawn = []
    for _ in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        drawn.append((state >> 33) % 10**6 / 10**6)
    return drawn


def main() -> None:
    """Makes the file beside this script."""
    draws = iter(uniform(200 * 5, 2023))
    lines = ["a,b,c,y"]
    for _ in range(200):
        a, b, c = (round(4 * next(draws) - 2, 3) for _ in range(3))
        noise = 0.02 * (next(draws) + next(draws) - 1)
        y = a * b / (1 + c * c) + 0.5 * abs(a - c) + noise
        lines.append(f"{a},{b},{c},{y:.4f}")
    path = pathlib.Path(__file__).with_name("data.csv")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
