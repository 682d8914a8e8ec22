// The pages that hold the manager's records: each cell is 64 bytes, as dark as it is full.
function makePools(model, link, element) {
  const PAGE = 4096, UNIT = 64, CELL = 9;
  forgetOutside(element, link, "canvas");
  function pages(pool) {
    const found = [];
    const seen = new Set();
    for (const [slot, cap] of model.state.entries) {
      if (cap.type !== "frame" || !(cap.flags & MAPPED)) continue;
      const vaddr = parseInt(cap.detail, 16);
      if (vaddr < pool.start || vaddr >= pool.end) continue;
      for (let offset = 0; offset < cap.size; offset += PAGE) {
        if (vaddr + offset < pool.end && !seen.has(vaddr + offset)) {
          seen.add(vaddr + offset);
          found.push({vaddr: vaddr + offset, base: cap.base + offset, cap, slot});
        }
      }
    }
    return found.sort((a, b) => a.vaddr - b.vaddr);
  }

  function draw() {
    const children = [];
    const changed = new Set();
    for (const [address] of model.changes.words) changed.add(Math.floor(address / UNIT));
    const style = getComputedStyle(document.documentElement);
    const emptyColour = style.getPropertyValue("--empty"), hotColour = style.getPropertyValue("--hot"), full = style.getPropertyValue("--accent");
    for (const pool of model.run.machine.pools) {
      const list = pages(pool);
      const title = document.createElement("h3");
      title.textContent = pool.name[0].toUpperCase() + pool.name.slice(1) + ": " + many(list.length, "page") + " from virtual " + hex(pool.start);
      children.push(title);
      const canvas = document.createElement("canvas");
      const ratio = window.devicePixelRatio || 1;
      const columns = PAGE / UNIT / 2;
      const rowHeight = 2 * CELL + 5;
      canvas.width = columns * CELL * ratio;
      canvas.height = Math.max(1, list.length * rowHeight * ratio);
      canvas.style.width = columns * CELL + "px";
      canvas.style.height = list.length * rowHeight + "px";
      const pen = canvas.getContext("2d");
      pen.scale(ratio, ratio);
      list.forEach((page, row) => {
        const pageHot = link.isHot(page.cap.base, page.cap.size, page.slot);
        for (let unit = 0; unit < PAGE / UNIT; unit++) {
          const address = page.base + unit * UNIT;
          let used = 0, refers = false;
          for (let word = 0; word < UNIT / 8; word++) {
            const value = model.value(address + word * 8);
            if (value !== "0") {
              used++;
              if (word === 0 && link.hot && link.hot.size > 0 && parseInt(value, 16) === link.hot.base) refers = true;
            }
          }
          const x = unit % columns * CELL, y = row * rowHeight + Math.floor(unit / columns) * CELL;
          pen.globalAlpha = 1;
          pen.fillStyle = emptyColour;
          pen.fillRect(x, y, CELL - 1, CELL - 1);
          if (used) {
            pen.globalAlpha = 0.3 + 0.7 * used / 8;
            pen.fillStyle = full;
            pen.fillRect(x, y, CELL - 1, CELL - 1);
            pen.globalAlpha = 1;
          }
          if (changed.has(Math.floor(address / UNIT)) || refers || pageHot) {
            pen.strokeStyle = hotColour;
            pen.lineWidth = refers ? 2.5 : 1.2;
            pen.strokeRect(x + 0.5, y + 0.5, CELL - 2, CELL - 2);
          }
        }
      });
      canvas.addEventListener("mousemove", event => pointAt(canvas, list, columns, rowHeight, event));
      children.push(canvas);
    }
    const note = document.createElement("p");
    note.className = "soft";
    note.style.margin = "2px 0";
    note.textContent = written(model.changes.words);
    children.push(note);
    element.replaceChildren(...children);
  }

  function written(list) {
    if (!list.length) return "No word of the pools changed in this step.";
    const [address, old, now] = list[0];
    return many(list.length, "word") + " changed; the first: physical " + hex(address) + " from 0x" + model.run.values[old] + " to 0x" + model.run.values[now] + ".";
  }

  function pointAt(canvas, list, columns, rowHeight, event) {
    const box = canvas.getBoundingClientRect();
    const scale = columns * CELL / box.width;
    const x = Math.floor((event.clientX - box.left) * scale / CELL);
    const y = (event.clientY - box.top) * scale;
    const page = list[Math.floor(y / rowHeight)];
    if (!page) return;
    const unit = Math.floor((y % rowHeight) / CELL) * columns + x;
    const words = [];
    for (let word = 0; word < UNIT / 8; word++) words.push(model.value(page.base + unit * UNIT + word * 8));
    link.point(hotOf(page.cap, page.slot), "virtual " + hex(page.vaddr + unit * UNIT) + ", physical " + hex(page.base + unit * UNIT) + ": " + (words.every(w => w === "0") ? "all zero" : words.join(" ")));
  }
  return {draw};
}
