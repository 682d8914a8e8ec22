// Physical memory: the address is the place from left to right, the nesting of blocks the place from top to bottom.
function makeMap(model, link, element, rangeElement) {
  const NS = "http://www.w3.org/2000/svg";
  const ROW = 26, TOP = 40;
  const regions = model.run.machine.regions;
  let from = 0, to = 1;

  function ram() {
    const list = regions.filter(r => r.kind === "ram").sort((a, b) => (b.end - b.start) - (a.end - a.start));
    return list.length ? [list[0].start, list[0].end] : all();
  }
  function all() {
    let end = 1;
    for (const r of regions) end = Math.max(end, r.end);
    for (const block of model.state.blocks) end = Math.max(end, block.cap.base + block.cap.size);
    return [0, end];
  }
  function touched() {
    const step = model.run.steps[model.at - 1];
    let low = Infinity, high = 0;
    for (const [, old, now] of (step && step.slots) || []) {
      for (const row of [old, now]) {
        if (row < 0) continue;
        const cap = model.named[row];
        if (cap.bits < 0 || cap.size > 2 ** 40) continue;
        low = Math.min(low, cap.base);
        high = Math.max(high, cap.base + cap.size);
      }
    }
    return low < high ? [low, high] : null;
  }
  function view(range) {
    if (!range) return;
    const [most] = [all()[1]];
    let width = Math.min(Math.max(range[1] - range[0], 16), most);
    from = Math.max(0, Math.min(range[0], most - width));
    to = from + width;
  }
  function zoom(factor, centre) {
    const middle = centre === undefined ? (from + to) / 2 : centre;
    const width = (to - from) * factor;
    view([Math.floor(middle - (middle - from) * factor), Math.ceil(middle - (middle - from) * factor + width)]);
  }

  function make(name, attributes, parent) {
    const node = document.createElementNS(NS, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    parent.append(node);
    return node;
  }

  function draw() {
    const width = Math.max(320, element.clientWidth);
    const scale = width / (to - from);
    const visible = model.state.blocks.filter(b => b.cap.base < to && b.cap.base + b.cap.size > from);
    const levels = visible.reduce((most, b) => Math.max(most, b.level + 1), 1);
    const height = TOP + levels * ROW + 4;
    const svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", "0 0 " + width + " " + height);
    svg.setAttribute("height", height);
    const changed = changedBlocks();
    for (const r of regions) {
      if (r.start >= to || r.end <= from) continue;
      const x = Math.max(0, (r.start - from) * scale), x2 = Math.min(width, (r.end - from) * scale);
      const rect = make("rect", {x, y: 18, width: Math.max(1, x2 - x), height: 16, rx: 2, fill: r.kind === "ram" ? "var(--accent)" : "var(--soft)", opacity: r.kind === "ram" ? 0.55 : 0.35}, svg);
      rect.textTip = r.kind.replace("_", " ") + " " + r.name + ", " + size(r.end - r.start) + " at " + hex(r.start);
      if (x2 - x > 60) make("text", {x: x + 4, y: 30, fill: "var(--ink)"}, svg).textContent = clip(r.name + " " + size(r.end - r.start), x2 - x);
    }
    for (let i = 0; i <= 4; i++) {
      const x = width * i / 4;
      make("text", {x: Math.min(Math.max(x, 2), width - 2), y: 11, fill: "var(--soft)", "text-anchor": i === 0 ? "start" : i === 4 ? "end" : "middle"}, svg).textContent = hex(Math.round(from + (to - from) * i / 4));
    }
    const lastX = [];
    for (const block of visible) {
      const cap = block.cap;
      const x = (cap.base - from) * scale, x2 = (cap.base + cap.size - from) * scale;
      const hot = link.isHot(cap.base, cap.size);
      const isChanged = changed.has(cap.base + "/" + cap.bits);
      if (x2 - x < 1 && !hot && !isChanged && lastX[block.level] !== undefined && x2 <= lastX[block.level]) continue;
      const left = Math.max(0, x), right = Math.max(left + 1, Math.min(width, x2));
      lastX[block.level] = right;
      const y = TOP + block.level * ROW;
      const rect = make("rect", {x: left, y, width: right - left, height: ROW - 5, rx: 2, fill: colourOf(cap), opacity: cap.flags & DEVICE ? 0.35 : 0.9}, svg);
      rect.block = block;
      if (cap.type === UNTYPED && cap.free > 0) {
        const mark = Math.min(width, (cap.base + cap.free - from) * scale);
        if (mark > left) {
          make("rect", {x: left, y: y + ROW - 12, width: mark - left, height: 7, fill: "#3b4652", opacity: 0.75}, svg).block = block;
          make("path", {d: "M" + mark + " " + (y - 1) + "v" + (ROW - 4), stroke: "#20262c", "stroke-width": 1.6}, svg);
        }
      }
      if (hot || isChanged) {
        make("rect", {x: left, y: y - 1, width: Math.max(3, right - left), height: ROW - 3, rx: 3, fill: "none", stroke: "var(--hot)", "stroke-width": hot ? 2.5 : 1.5, "stroke-dasharray": hot ? "" : "4 2"}, svg);
      }
      if (right - left > 34) {
        const text = make("text", {x: left + 4, y: y + 11, fill: cap.type === "notification" || cap.type === "VSpace" || cap.type === "zombie" || cap.type === "PDPT" ? "#ffffff" : "#14171a"}, svg);
        if (cap.flags & DEVICE) text.setAttribute("fill", "var(--ink)");
        text.textContent = clip(cap.type + " " + size(cap.size), right - left);
      }
    }
    element.replaceChildren(svg);
    rangeElement.textContent = hex(Math.round(from)) + " to " + hex(Math.round(to)) + ", " + size(Math.round(to - from));
  }

  function clip(text, width) {
    const letters = Math.floor((width - 6) / 6.2);
    return text.length <= letters ? text : letters < 3 ? "" : text.slice(0, letters - 1) + "…";
  }

  function changedBlocks() {
    const keys = new Set();
    const step = model.run.steps[model.at - 1];
    for (const [, , now] of (step && step.slots) || []) {
      if (now >= 0 && model.named[now].bits >= 0) keys.add(model.named[now].base + "/" + model.named[now].bits);
    }
    return keys;
  }

  element.addEventListener("mousemove", event => {
    const block = event.target.block;
    if (block) link.point(hotOf(block.cap, block.slots[0]), describe(model, block.cap, block.slots));
    else link.point(null, event.target.textTip);
  });
  element.addEventListener("mouseleave", () => link.point(null));
  element.addEventListener("click", event => {
    const block = event.target.block;
    if (block) { view([block.cap.base, block.cap.base + block.cap.size]); draw(); }
  });
  element.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    const box = element.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, from + (to - from) * (event.clientX - box.left) / box.width);
    draw();
  }, {passive: false});

  return {
    draw,
    follow() {
      const range = touched();
      if (!range) return;
      if (range[0] >= from && range[1] <= to && (range[1] - range[0]) * 60 > to - from) return;
      const room = (range[1] - range[0]) * 2;
      view([range[0] - room, range[1] + room]);
    },
    zoomTo(where) {
      if (where === "all") view(all());
      else if (where === "ram") view(ram());
      else if (where === "step") view(touched());
      else if (where === "in") zoom(0.5);
      else if (where === "out") zoom(2);
      else view([from + (to - from) * (where === "left" ? -0.25 : 0.25), to + (to - from) * (where === "left" ? -0.25 : 0.25)]);
    }
  };
}

function describe(model, cap, slots) {
  const detail = detailOf(cap);
  const where = slots.slice(0, 4).map(slot => model.slotName(slot)).join(", ") + (slots.length > 4 ? " and " + (slots.length - 4) + " more" : "");
  return nameOf(cap) + (detail ? "; " + detail : "") + "; capability in " + where;
}
