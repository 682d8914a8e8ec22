"""A client of allocman's wire (docs/wire.md) in Python, with the standard library alone.

    with Machine.start(["bin/allocman", "serve"]) as machine:
        machine.boot("tiny as riscv64 bare")
        machine.retype(untyped, ENDPOINT, 0, machine.at(slot))

An invocation that is refused raises Refused, which has seL4's number, its name and its details.
"""

import socket
import subprocess
from dataclasses import dataclass, field

ROOT, TCB, VSPACE, IRQ_CONTROL, ASID_CONTROL, ASID_POOL = 2, 1, 3, 4, 5, 6


class WireError(Exception):
    """The other end is gone, or does not keep to the protocol."""


class Refused(Exception):
    """A request was refused; nothing has changed."""

    def __init__(self, number, name, values, remark, request):
        super().__init__(f"{request}: {number} {name} {values} {remark}".rstrip())
        self.number, self.name, self.values, self.remark, self.request = number, name, values, remark, request


@dataclass(frozen=True)
class Path:
    """A place for a capability."""

    root: int
    index: int
    depth: int

    def __str__(self):
        return f"{self.root}/{self.index}:{self.depth}"


@dataclass(frozen=True)
class Untyped:
    """An untyped that the boot left."""

    slot: int
    paddr: int
    size_bits: int
    device: bool


@dataclass(frozen=True)
class Allocated:
    """An object that a manager made."""

    type: str
    size_bits: int
    cptr: int
    handle: int

    def __str__(self):
        return f"{self.type} size {self.size_bits} slot {self.cptr} handle {self.handle}"


@dataclass
class BootInfo:
    """What the root task was given; the words of docs/wire.md."""

    architecture: str
    words: dict
    untypeds: list = field(default_factory=list)

    def first(self, word):
        return self.words.get(word, [0])[0]


def _number(word):
    try:
        return int(word, 0)
    except ValueError:
        return word


class Machine:
    """A machine on the other end of two streams of bytes."""

    def __init__(self, read, write, close):
        self._read, self._write, self._close, self._id = read, write, close, 0

    @staticmethod
    def start(command):
        """Starts a program that answers on its standard output."""
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

        def close():
            process.stdin.close()
            process.stdout.close()
            process.wait(timeout=30)

        return Machine(process.stdout, process.stdin, close)

    @staticmethod
    def connect(host, port, timeout=60):
        """Connects to a server."""
        peer = socket.create_connection((host, port), timeout)
        return Machine(peer.makefile("rb"), peer.makefile("wb"), peer.close)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._close()

    def ask_all(self, requests, together=128):
        """Sends many requests; returns the values of each, or the Refused that it was answered with."""
        requests, answers = list(requests), []
        for start in range(0, len(requests), together):
            part = requests[start : start + together]
            first = self._id + 1
            self._id += len(part)
            self._write.write("".join(f"{first + i} {r}\n" for i, r in enumerate(part)).encode())
            self._write.flush()
            answers += [self._answer(first + i, r) for i, r in enumerate(part)]
        return answers

    def ask(self, request):
        """Sends a request; returns the values of its answer."""
        (answer,) = self.ask_all([request])
        if isinstance(answer, Refused):
            raise answer
        return answer

    def _answer(self, number, request):
        line = self._read.readline().decode(errors="replace")
        if not line.endswith("\n"):
            raise WireError(f"the other end is gone; it was asked '{request}'")
        said, _, remark = line.partition("#")
        words = said.split()
        if len(words) > 1 and words[0] == str(number):
            if words[1] == "ok":
                return [_number(w) for w in words[2:]]
            if words[1] == "error" and len(words) > 3:
                return Refused(int(words[2]), words[3], [_number(w) for w in words[4:]], remark.strip(), request)
        raise WireError(f"no answer to '{request}': {line!r}")

    # --- the boot ---

    def boot(self, which=""):
        """Boots a machine, and returns its boot info."""
        if self.ask("hello 1")[:1] != [1]:
            raise WireError("the other end speaks another protocol")
        self.ask(f"boot {which}".strip())
        values, words, at = self.ask("boot-info"), {}, None
        for value in values:
            if isinstance(value, str) and at != "architecture":
                at = value
                words[at] = []
            else:
                words[at].append(value)
                at = None if at == "architecture" else at
        info = BootInfo(words.pop("architecture")[0], words)
        first, end = words.get("untypeds", [0, 0])
        for slot, paddr, bits, kind in self.ask_all(f"boot-untyped {i}" for i in range(end - first)):
            info.untypeds.append(Untyped(slot, paddr, bits, kind == "device"))
        self.depth = 32 if "32" in info.architecture else 64
        return info

    def at(self, slot):
        """The place of a slot of the root CNode."""
        return Path(ROOT, slot, self.depth)

    # --- invocations ---

    def retype(self, untyped, type, size, to, count=1, node_index=0, node_depth=0):
        self.ask(f"retype {untyped} {type} {size} -> {to.root}/{node_index}:{node_depth}/{to.index} count {count}")

    def copy(self, to, source, rights="wrgp"):
        self.ask(f"copy {source} -> {to} rights {rights}")

    def mint(self, to, source, badge, rights="wrgp"):
        self.ask(f"mint {source} -> {to} rights {rights} badge {badge}")

    def move(self, to, source):
        self.ask(f"move {source} -> {to}")

    def delete(self, at):
        self.ask(f"delete {at}")

    def revoke(self, at):
        self.ask(f"revoke {at}")

    def map_page(self, frame, vaddr, rights="rw", vspace=VSPACE, attributes=0):
        self.ask(f"map-page {frame} at {vaddr} in {vspace} rights {rights} attributes {attributes}")

    def map_table(self, table, vaddr, vspace=VSPACE, attributes=0):
        self.ask(f"map-table {table} at {vaddr} in {vspace} attributes {attributes}")

    def unmap_page(self, frame):
        self.ask(f"unmap-page {frame}")

    def address(self, frame):
        return self.ask(f"address {frame}")[0]

    # --- memory, an allocator, going back ---

    def load64(self, vaddr):
        return self.ask(f"load64 {vaddr}")[0]

    def store64(self, vaddr, value):
        self.ask(f"store64 {vaddr} value {value}")

    def allocate(self, type, size=0, at=None):
        return Allocated(type, *self.ask(f"vka-alloc {type} size {size}" + (f" at {at}" if at is not None else "")))

    def free(self, allocated):
        self.ask(f"vka-free {allocated}")

    def physical_address(self, allocated):
        return self.ask(f"vka-address {allocated}")[0]

    def checkpoint(self):
        return self.ask("checkpoint")[0]

    def rewind(self, checkpoint):
        self.ask(f"rewind {checkpoint}")

    def fingerprint(self):
        return self.ask("fingerprint")[0]
