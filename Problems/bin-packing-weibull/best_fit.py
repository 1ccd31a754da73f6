def priority(item, bins):
    return -(bins - item)
