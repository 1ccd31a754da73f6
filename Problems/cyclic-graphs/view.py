"""Draws an independent set: every vertex is a cell of a grid, the first half of its entries its row."""


def view(graph, artifact):
    """The grid of all vertices of the product of n cycles of m, those in the set filled."""
    m, n = graph
    rows, columns = m ** (n // 2), m ** (n - n // 2)
    size = max(2, min(24, 700 // max(rows, columns)))
    cells = []
    for vertex in artifact:
        place = 0
        for entry in vertex:
            place = m * place + entry
        row, column = divmod(place, columns)
        cells.append("M%d %dh%dv%dh-%dz" % (column * size, row * size, size - 1, size - 1, size - 1))
    lines = ["M%d 0V%d" % (column * size, rows * size) for column in range(0, columns + 1, m)]
    lines += ["M0 %dH%d" % (row * size, columns * size) for row in range(0, rows + 1, m if rows > 1 else 1)]
    return (
        '<svg viewBox="-1 -1 %d %d" width="%d" height="%d"><title>%d of %d vertices</title>'
        '<path class="grid" d="%s"/><path class="f0" d="%s"/></svg>'
        % (columns * size + 2, rows * size + 2, columns * size + 2, rows * size + 2, len(artifact), m**n,
           "".join(lines), "".join(cells))
    )
