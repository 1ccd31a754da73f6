def priority(item, bin):
    return -(bin - item)
