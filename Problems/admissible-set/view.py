"""Draws an admissible set: a row for each place, a column for each vector, its entries as colours."""

MOST = 400
"""Vectors that are drawn."""


def view(form, artifact):
    """The vectors side by side: 1 and 2 are two colours, 0 is empty."""
    n = form[0]
    shown = artifact[:MOST]
    size = max(2, min(20, 720 // max(1, len(shown))))
    cells = {1: [], 2: []}
    for column, vector in enumerate(shown):
        for row, entry in enumerate(vector):
            if entry:
                cells[entry].append("M%d %dh%dv%dh-%dz" % (column * size, row * 14, size, 13, size))
    return (
        '<svg viewBox="-1 -1 %d %d" width="%d" height="%d"><title>%d vectors of %d entries%s</title>'
        '<rect class="grid" x="0" y="0" width="%d" height="%d"/><path class="f0" d="%s"/>'
        '<path class="f1" d="%s"/>'
        "</svg>"
        % (len(shown) * size + 2, n * 14 + 2, len(shown) * size + 2, n * 14 + 2, len(artifact), n,
           "" if len(shown) == len(artifact) else ", the first %d" % MOST, len(shown) * size, n * 14,
           "".join(cells[1]), "".join(cells[2]))
    )
