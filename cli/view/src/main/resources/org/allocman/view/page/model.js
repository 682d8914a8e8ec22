// The machine as it is after some number of steps, and what follows from it.
const UNTYPED = "untyped", DEVICE = 1, REVOCABLE = 2, FIRST_BADGED = 4, MAPPED = 8;

function makeModel(run) {
  const caps = new Map(run.slots);
  const words = new Map(run.words);
  const types = run.machine.types;
  const rows = run.rows;
  let at = 0;
  let derived = null;

  function goTo(target) {
    while (at < target) {
      const step = run.steps[at++];
      for (const [slot, , now] of step.slots || []) put(caps, slot, now);
      for (const [address, , now] of step.words || []) words.set(address, now);
    }
    while (at > target) {
      const step = run.steps[--at];
      for (const [slot, old] of step.slots || []) put(caps, slot, old);
      for (const [address, old] of step.words || []) words.set(address, old);
    }
    derived = null;
  }

  function put(map, key, value) {
    if (value < 0) map.delete(key); else map.set(key, value);
  }

  // Rows come as arrays; here they get names.
  const named = rows.map(r => ({
    type: types[r[0]], base: r[1], bits: r[2], size: r[2] < 0 ? 0 : 2 ** r[2], flags: r[3], free: r[4],
    detail: r[5], radix: r[6], guardBits: r[7], next: r[8]
  }));

  function isParent(parent, entry) {
    if (!(parent.flags & REVOCABLE)) return false;
    if (parent.type === UNTYPED) {
      return entry.bits >= 0 && entry.base >= parent.base && entry.base + entry.size <= parent.base + parent.size;
    }
    if (parent.type !== entry.type || parent.base !== entry.base || parent.type === "zombie" || parent.bits < 0) return false;
    if (parent.type === "endpoint" || parent.type === "notification") {
      return parent.detail === "0" || (parent.detail === entry.detail && !(entry.flags & FIRST_BADGED));
    }
    return true;
  }

  function derive() {
    const entries = new Map();
    const following = new Set();
    for (const [slot, row] of caps) {
      const cap = named[row];
      entries.set(slot, cap);
      if (cap.next >= 0) following.add(cap.next);
    }
    const tree = [];
    const seen = new Set();
    const heads = [...entries.keys()].filter(slot => !following.has(slot)).sort((a, b) => a - b);
    for (const head of heads) {
      const stack = [];
      for (let slot = head; slot >= 0 && entries.has(slot) && !seen.has(slot); slot = entries.get(slot).next) {
        seen.add(slot);
        const cap = entries.get(slot);
        while (stack.length && !isParent(stack[stack.length - 1], cap)) stack.pop();
        tree.push({slot, cap, depth: stack.length});
        stack.push(cap);
      }
    }
    return {entries, tree, nodes: findNodes(entries), blocks: findBlocks(entries)};
  }

  // Every CNode, the root of the CSpace first.
  function findNodes(entries) {
    const nodes = new Map();
    const root = entries.get(run.machine.thread);
    if (root && root.type === "CNode") nodes.set(root.base, root);
    for (const cap of entries.values()) {
      if (cap.type === "CNode" && !nodes.has(cap.base)) nodes.set(cap.base, cap);
    }
    return [...nodes.values()];
  }

  // What lies where: each object once, the outer before the inner.
  function findBlocks(entries) {
    const unique = new Map();
    for (const [slot, cap] of entries) {
      if (cap.bits < 0) continue;
      const key = cap.base + "/" + cap.bits + "/" + cap.type;
      const known = unique.get(key);
      if (known) known.slots.push(slot);
      else unique.set(key, {cap, slots: [slot], level: 0});
    }
    const blocks = [...unique.values()].sort((a, b) =>
      a.cap.base - b.cap.base || b.cap.bits - a.cap.bits || (b.cap.type === UNTYPED) - (a.cap.type === UNTYPED));
    const open = [];
    for (const block of blocks) {
      while (open.length && open[open.length - 1].cap.base + open[open.length - 1].cap.size <= block.cap.base) open.pop();
      block.level = open.length;
      open.push(block);
    }
    return blocks;
  }

  // Follows a cptr as the kernel does.
  function resolve(cptr) {
    const state = model.state;
    let node = state.entries.get(run.machine.thread);
    let left = run.machine.wordBits;
    for (let guard = 0; node && node.type === "CNode" && guard < 64; guard++) {
      const level = node.guardBits + node.radix;
      if (level === 0 || level > left) return -1;
      const index = Math.floor(cptr / 2 ** (left - level)) % 2 ** node.radix;
      const slot = node.base + index * run.machine.slotBytes;
      left -= level;
      if (left === 0) return slot;
      node = state.entries.get(slot);
    }
    return -1;
  }

  // The name of a slot: its index in the root CNode, or CNode and index, or a thread's own.
  function slotName(slot) {
    const nodes = model.state.nodes;
    for (let i = 0; i < nodes.length; i++) {
      const offset = slot - nodes[i].base;
      if (offset >= 0 && offset < nodes[i].size) {
        const index = offset / run.machine.slotBytes;
        return i === 0 ? "slot " + index : "slot " + index + " of the CNode at " + hex(nodes[i].base);
      }
    }
    return "a thread's own slot";
  }

  const model = {
    run, named, words, goTo, resolve, slotName, isParent,
    get at() { return at; },
    get state() { return derived || (derived = derive()); },
    value: address => words.has(address) && words.get(address) >= 0 ? run.values[words.get(address)] : "0"
  };
  return model;
}
