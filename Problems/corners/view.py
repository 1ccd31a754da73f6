"""Draws a set of points: the first vector of a point is its column, the second its row."""


def view(group, artifact):
    """The grid of all pairs of vectors, those in the set filled."""
    p, n = group
    side = p**n
    size = max(4, min(24, 480 // side))
    cells = []
    for point, weights in artifact:
        column = row = 0
        for x, y in zip(point[0::2], point[1::2]):
            column, row = p * column + x, p * row + y
        cells.append('<rect class="f0" x="%d" y="%d" width="%d" height="%d"><title>weights %s</title></rect>'
                     % (column * size, row * size, size - 1, size - 1, " ".join(map(str, weights))))
    lines = ["M%d 0V%dM0 %dH%d" % (place * size, side * size, place * size, side * size)
             for place in range(side + 1)]
    return (
        '<svg viewBox="-1 -1 %d %d" width="%d" height="%d"><title>%d of %d points</title>'
        '<path class="grid" d="%s"/>%s</svg>'
        % (side * size + 2, side * size + 2, side * size + 2, side * size + 2, len(artifact), side * side,
           "".join(lines), "".join(cells))
    )
