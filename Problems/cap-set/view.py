"""Draws a cap set: every vector is a cell of a grid, the first half of its entries its row."""


def view(n, artifact):
    """The grid of all vectors of n entries, those in the set filled."""
    rows, columns = 3 ** (n // 2), 3 ** (n - n // 2)
    size = max(3, min(24, 700 // columns))
    cells = []
    for vector in artifact:
        place = 0
        for entry in vector:
            place = 3 * place + entry
        row, column = divmod(place, columns)
        cells.append("M%d %dh%dv%dh-%dz" % (column * size, row * size, size - 1, size - 1, size - 1))
    lines = []
    step = 3 ** max(0, (n - n // 2) - 2)
    for column in range(0, columns + 1, step):
        lines.append("M%d 0V%d" % (column * size, rows * size))
    step = 3 ** max(0, n // 2 - 2)
    for row in range(0, rows + 1, step):
        lines.append("M0 %dH%d" % (row * size, columns * size))
    return (
        '<svg viewBox="-1 -1 %d %d" width="%d" height="%d"><title>%d vectors of %d entries</title>'
        '<path class="grid" d="%s"/><path class="f0" d="%s"/></svg>'
        % (columns * size + 2, rows * size + 2, columns * size + 2, rows * size + 2, len(artifact), n,
           "".join(lines), "".join(cells))
    )
