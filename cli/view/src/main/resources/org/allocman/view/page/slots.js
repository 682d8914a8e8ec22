// The CSpace: every CNode as a field of cells.
function makeSlots(model, link, element) {
  const MOST = 40;
  const field = makeField(element, link);

  function part(node, index) {
    const {changes, state} = model;
    const bytes = model.run.machine.slotBytes, count = 2 ** node.radix;
    const slotAt = i => node.base + i * bytes;
    const used = new Set();
    let held = 0;
    const within = slot => slot >= node.base && slot < node.base + node.size;
    for (const slot of state.entries.keys()) {
      if (!within(slot)) continue;
      held++;
      used.add(Math.floor((slot - node.base) / bytes / COLUMNS));
    }
    for (const slot of changes.slots) {
      if (within(slot)) used.add(Math.floor((slot - node.base) / bytes / COLUMNS));
    }
    return {
      title: (index === 0 ? "Root CNode" : "CNode at " + hex(node.base)) + ": " + held + " of " + many(count, "slot") + " in use",
      count,
      used,
      look(i) {
        const cap = state.entries.get(slotAt(i));
        const changed = changes.slots.has(slotAt(i));
        return cap ? {colour: colourOf(cap), alpha: cap.flags & DEVICE ? 0.4 : 1, hot: link.isHot(cap.base, cap.size, slotAt(i)), changed} : {changed};
      },
      point(i) {
        const cap = i >= 0 && state.entries.get(slotAt(i));
        if (cap) link.point(hotOf(cap, slotAt(i)), describe(model, cap, [slotAt(i)]));
        else link.point(null, i >= 0 ? "slot " + i + " is empty" : "");
      }
    };
  }

  return {
    draw() { field.draw(model.state.nodes.slice(0, MOST).map(part)); }
  };
}
