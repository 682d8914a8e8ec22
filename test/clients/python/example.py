"""Boots a board, retypes, maps, handles refusals, goes back, and lets a manager allocate: example.py COMMAND ..."""

import sys

from allocman_wire import Machine, Refused

ENDPOINT, PAGE, TABLE = 2, 6, 8  # riscv64's numbers


def refusal(call, *arguments):
    try:
        call(*arguments)
    except Refused as refused:
        return refused
    raise AssertionError("it was carried out")


with Machine.start(sys.argv[1:]) as m:
    info = m.boot("tiny as riscv64 bare")
    untyped = next(u for u in info.untypeds if not u.device and u.size_bits >= 16)
    empty = info.first("empty")
    print(f"{info.architecture}: {len(info.untypeds)} untypeds, slots from {empty}")

    m.retype(untyped.slot, ENDPOINT, 0, m.at(empty))
    m.copy(m.at(empty + 1), m.at(empty), "r")
    refused = refusal(m.copy, m.at(empty + 1), m.at(empty))
    assert (refused.number, refused.name) == (8, "DeleteFirst"), refused
    print("refused, as it should be:", refused)

    vaddr, frame, table = info.first("free-from"), empty + 2, empty + 3
    m.retype(untyped.slot, PAGE, 0, m.at(frame))
    assert m.address(frame) % 4096 == 0
    while True:
        try:
            m.map_page(frame, vaddr)
            break
        except Refused as refused:
            assert refused.name == "FailedLookup", refused
            print(f"a table is missing, {refused.values[2]} bits left")
            m.retype(untyped.slot, TABLE, 0, m.at(table))
            m.map_table(table, vaddr)
            table += 1
    m.store64(vaddr + 8, 0x1122334455667788)
    assert m.load64(vaddr + 8) == 0x1122334455667788

    before, state = m.checkpoint(), m.fingerprint()
    answers = m.ask_all(f"retype {untyped.slot} {ENDPOINT} 0 -> 2/0:0/{table + i} count 1" for i in range(300))
    assert answers == [[]] * 300, answers[:3]
    assert m.fingerprint() != state
    m.rewind(before)
    assert m.fingerprint() == state

    m.revoke(m.at(untyped.slot))
    assert refusal(m.load64, vaddr + 8).name == "MemoryFault"
    m.retype(untyped.slot, 0, untyped.size_bits, m.at(empty))

    m.boot("tiny as riscv64 managed")
    objects = [m.allocate(t) for t in ("tcb", "endpoint", "small-page")]
    assert len({m.physical_address(o) for o in objects}) == 3
    for o in objects:
        m.free(o)
    assert refusal(m.free, objects[0]).name == "STALE_HANDLE"
    assert m.ask("check") == [0]
print("all is well")
