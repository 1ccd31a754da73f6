"""Draws a packing: every bin of the first instance as a bar of the items in it."""

import specification

MOST = 120
"""Bins that are drawn; a bar of more would be too thin to see."""


def view(choice, artifact):
    """The bins in the order they were opened, first items at the bottom, room that is left above."""
    first = specification.instances(choice)[0]
    bins = {}
    for item, place in zip(first.items, artifact[0]):
        bins.setdefault(place, []).append(item)
    shown = sorted(bins)[:MOST]
    width, height = max(4, 720 // max(1, len(shown))), 240
    scale = height / first.capacity
    size = (width * len(shown) + 2, height + 2)
    parts = ['<svg viewBox="-1 -1 %d %d" width="%d" height="%d">' % (size + size),
             "<title>%d bins of capacity %d, first instance of %d</title>"
             % (len(bins), first.capacity, len(artifact))]
    room, items = [], []
    for number, place in enumerate(shown):
        top = height
        room.append("M%d 0h%dv%dh-%dz" % (number * width, width - 1, height, width - 1))
        for item in bins[place]:
            size = item * scale
            top -= size
            shown_size = max(0.5, size - 0.6)
            items.append("M%d %.2fh%dv%.2fh-%dz" % (number * width, top, width - 1, shown_size, width - 1))
    parts.append('<path class="grid" d="%s"/><path class="f0" d="%s"/>' % ("".join(room), "".join(items)))
    return "".join(parts) + "</svg>"
