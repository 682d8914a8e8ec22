// The machine as it is after some number of steps, and what follows from it.
const UNTYPED = "untyped", DEVICE = 1, REVOCABLE = 2, FIRST_BADGED = 4, MAPPED = 8;

// A stretch of memory, as a key.
function keyOf(cap) { return cap.base + "/" + cap.bits; }

// A step, or if it ends a call all steps of the call.
function partsOf(run, index) {
  const step = run.steps[index];
  if (!step) return [];
  let first = index;
  // what begins in the course of an operation has a greater number
  if (step.kind === "call") while (first > 0 && run.steps[first - 1].operation >= step.operation) first--;
  return run.steps.slice(first, index + 1);
}

function makeModel(run) {
  const caps = new Map(run.slots);
  const words = new Map(run.words);
  const owners = new Map();
  const types = run.machine.types;
  const rows = run.rows;
  let at = 0;
  let derived = null, changes = null;

  function goTo(target) {
    while (at < target) {
      const step = run.steps[at++];
      for (const [slot, , now] of step.slots || []) put(caps, slot, now);
      for (const [address, , now] of step.words || []) words.set(address, now);
      for (const [cell, , now] of step.cells || []) own(cell, now);
    }
    while (at > target) {
      const step = run.steps[--at];
      for (const [slot, old] of step.slots || []) put(caps, slot, old);
      for (const [address, old] of step.words || []) words.set(address, old);
      for (const [cell, old] of step.cells || []) own(cell, old);
    }
    derived = changes = null;
  }

  function own(cell, owner) {
    if (owner) owners.set(cell, owner); else owners.delete(cell);
  }

  function put(map, key, value) {
    if (value < 0) map.delete(key); else map.set(key, value);
  }

  // Rows come as arrays; here they get names.
  const named = [];
  function name() {
    for (const r of rows.slice(named.length)) {
      named.push({
        type: types[r[0]], base: r[1], bits: r[2], size: r[2] < 0 ? 0 : 2 ** r[2], flags: r[3], free: r[4],
        detail: r[5], radix: r[6], guardBits: r[7], next: r[8]
      });
    }
  }
  name();

  // Links to neighbours change all the time; a slot counts as changed if its capability did.
  function isEssential([, old, now]) {
    if (old < 0 || now < 0) return true;
    const a = named[old], b = named[now];
    return a.type !== b.type || a.base !== b.base || a.bits !== b.bits || a.free !== b.free || a.detail !== b.detail || (a.flags & MAPPED) !== (b.flags & MAPPED);
  }

  const essential = step => (step && step.slots || []).filter(isEssential);

  // The capabilities that a step makes, takes away or changes; what is new or gone comes first.
  function concerned(step) {
    const list = essential(step).sort((a, b) => (a[1] >= 0 && a[2] >= 0) - (b[1] >= 0 && b[2] >= 0));
    return list.map(([slot, old, now]) => ({slot, cap: named[now < 0 ? old : now], whole: old < 0 || now < 0}));
  }

  // What the step that led here changed.
  function findChanges() {
    const step = at > 0 ? run.steps[at - 1] : null;
    const slots = new Set(), blocks = new Set(), parts = partsOf(run, at - 1);
    for (const [slot, , now] of parts.flatMap(essential)) {
      slots.add(slot);
      if (now >= 0 && named[now].bits >= 0) blocks.add(keyOf(named[now]));
    }
    return {step, parts, slots, blocks, words: parts.flatMap(part => part.words || []), cells: new Set((step && step.cells || []).map(change => change[0]))};
  }

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
    // in order of addresses, so that it does not matter which way one came
    for (const slot of [...caps.keys()].sort((a, b) => a - b)) {
      const cap = named[caps.get(slot)];
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
      const key = keyOf(cap) + "/" + cap.type;
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
    // grew: the run has more rows and steps than before
    run, named, owners, goTo, resolve, slotName, concerned, grew: name,
    get at() { return at; },
    get changes() { return changes || (changes = findChanges()); },
    get state() { return derived || (derived = derive()); },
    value: address => words.has(address) && words.get(address) >= 0 ? run.values[words.get(address)] : "0"
  };
  return model;
}
