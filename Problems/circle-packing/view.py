"""Draws circles in the unit square."""


def view(n, artifact):
    """The square with every circle at its place; the title of each tells its radius."""
    parts = ['<svg viewBox="-8 -8 516 516" width="420" height="420">',
             "<title>%d circles in a square</title>" % n,
             '<rect class="grid" x="0" y="0" width="500" height="500"/>']
    for x, y, radius in artifact:
        # The second axis of a drawing points down.
        parts.append('<circle class="f0 s0" fill-opacity="0.25" stroke-width="1" cx="%.3f" cy="%.3f" '
                     'r="%.3f">'
                     "<title>radius %.6f</title></circle>" % (500 * x, 500 * (1 - y), 500 * radius, radius))
    return "".join(parts) + "</svg>"
