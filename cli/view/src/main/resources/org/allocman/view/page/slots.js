// The CSpace: every CNode as a field of cells, empty stretches left out.
function makeSlots(model, link, element) {
  const COLUMNS = 64, CELL = 8;
  let parts = [];

  function draw() {
    const state = model.state;
    const changed = model.changes.slots;
    parts = [];
    const children = [];
    for (const node of state.nodes) {
      const count = 2 ** node.radix;
      const bytes = model.run.machine.slotBytes;
      const held = new Map();
      for (const [slot, cap] of state.entries) {
        const offset = slot - node.base;
        if (offset >= 0 && offset < node.size) held.set(offset / bytes, {slot, cap});
      }
      const used = new Set();
      for (const index of held.keys()) used.add(Math.floor(index / COLUMNS));
      for (const slot of changed) {
        const offset = slot - node.base;
        if (offset >= 0 && offset < node.size) used.add(Math.floor(offset / bytes / COLUMNS));
      }
      if (parts.length > 40) break;
      const rows = [...used].sort((a, b) => a - b);
      const title = document.createElement("h3");
      title.textContent = (node === state.nodes[0] ? "Root CNode" : "CNode at " + hex(node.base)) + ": " + held.size + " of " + many(count, "slot") + " hold something";
      children.push(title);
      const canvas = document.createElement("canvas");
      const columns = Math.min(COLUMNS, count);
      const ratio = window.devicePixelRatio || 1;
      const lines = [];
      let y = 0, previous = -1;
      for (const row of rows) {
        if (previous >= 0 && row > previous + 1) y += 5;
        lines.push({row, y});
        y += CELL;
        previous = row;
      }
      canvas.width = columns * CELL * ratio;
      canvas.height = Math.max(1, y * ratio);
      canvas.style.width = columns * CELL + "px";
      canvas.style.height = y + "px";
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      const style = getComputedStyle(document.documentElement);
      const emptyColour = style.getPropertyValue("--empty"), hotColour = style.getPropertyValue("--hot");
      for (const line of lines) {
        for (let column = 0; column < columns; column++) {
          const index = line.row * COLUMNS + column;
          if (index >= count) break;
          const entry = held.get(index);
          pen.globalAlpha = entry && entry.cap.flags & DEVICE ? 0.4 : 1;
          pen.fillStyle = entry ? colourOf(entry.cap) : emptyColour;
          pen.fillRect(column * CELL, line.y, CELL - 1, CELL - 1);
          pen.globalAlpha = 1;
          const hot = entry && link.isHot(entry.cap.base, entry.cap.size, entry.slot);
          if (hot || changed.has(node.base + index * bytes)) {
            pen.strokeStyle = hotColour;
            pen.lineWidth = hot ? 2 : 1;
            pen.strokeRect(column * CELL + 0.5, line.y + 0.5, CELL - 2, CELL - 2);
          }
        }
      }
      const part = {canvas, lines, held, columns, node};
      canvas.addEventListener("mousemove", event => pointAt(part, event));
      canvas.addEventListener("mouseleave", () => link.point(null));
      parts.push(part);
      children.push(canvas);
    }
    const top = element.scrollTop;
    element.replaceChildren(...children);
    element.scrollTop = top;
  }

  function pointAt(part, event) {
    const box = part.canvas.getBoundingClientRect();
    const scale = part.columns * CELL / box.width;
    const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
    const line = part.lines.find(l => y >= l.y && y < l.y + CELL);
    if (!line) return link.point(null);
    const index = line.row * COLUMNS + Math.floor(x / CELL);
    const entry = part.held.get(index);
    if (entry) link.point(hotOf(entry.cap, entry.slot), describe(model, entry.cap, [entry.slot]));
    else link.point(null, "slot " + index + " is empty");
  }

  return {draw};
}
