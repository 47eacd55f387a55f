def pay(a):
    """Subtract funds and ⁧""" ;return
    bank[a] -= 1
