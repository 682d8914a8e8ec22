// Physical memory: the address is the place from left to right, the nesting of blocks the place from top to bottom.
function makeMap(model, link, element, rangeElement, onZoom) {
  const NS = "http://www.w3.org/2000/svg";
  const ROW = 26, TOP = 40;
  const regions = model.run.machine.regions;
  let from = 0, to = 1;

  function ram() {
    const list = regions.filter(r => r.kind === "ram").sort((a, b) => (b.end - b.start) - (a.end - a.start));
    return list.length ? [list[0].start, list[0].end] : [0, end];
  }
  const end = model.named.filter(cap => cap.bits >= 0).reduce((most, cap) => Math.max(most, cap.base + cap.size), regions.reduce((most, r) => Math.max(most, r.end), 1));
  // Where the step's changes lie; what it made or took away, if anything, when only that is wanted.
  function touched(step, wholeOnly) {
    let low = Infinity, high = 0;
    const list = model.concerned(step).filter(({cap}) => cap.bits >= 0 && cap.size <= 2 ** 40);
    const narrow = wholeOnly ? list.filter(({whole}) => whole) : list;
    for (const {cap} of narrow.length ? narrow : list) {
      low = Math.min(low, cap.base);
      high = Math.max(high, cap.base + cap.size);
    }
    return low < high ? [low, high] : null;
  }
  function inside(range) {
    const width = Math.min(Math.max(range[1] - range[0], 16), end);
    const first = Math.max(0, Math.min(range[0], end - width));
    return [first, first + width];
  }
  function view(range) {
    if (range) [from, to] = inside(range);
  }
  // What is shown at a step while following: the same, whichever way one came.
  const views = [inside(ram())];
  function watch(step) {
    const last = views[views.length - 1], range = touched(step);
    if (!range || range[0] >= last[0] && range[1] <= last[1] && (range[1] - range[0]) * 60 > last[1] - last[0]) views.push(last);
    else {
      const room = (range[1] - range[0]) * 2;
      views.push(inside([range[0] - room, range[1] + room]));
    }
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
    const changed = model.changes.blocks;
    for (const r of regions) {
      if (r.start >= to || r.end <= from) continue;
      const x = Math.max(0, (r.start - from) * scale), x2 = Math.min(width, (r.end - from) * scale);
      const rect = make("rect", {x, y: 18, width: Math.max(1, x2 - x), height: 16, rx: 2, fill: r.kind === "ram" ? "var(--accent)" : "var(--soft)", opacity: r.kind === "ram" ? 0.55 : 0.35}, svg);
      rect.textTip = r.kind.replace("_", " ") + " " + r.name + ", " + size(r.end - r.start) + " at " + hex(r.start);
      if (x2 - x > 60) make("text", {x: x + 4, y: 30, fill: "var(--ink)"}, svg).textContent = clip(r.name + " " + size(r.end - r.start), x2 - x);
    }
    const ticks = width < 700 ? 2 : 4;
    for (let i = 0; i <= ticks; i++) {
      const x = width * i / ticks;
      make("text", {x: Math.min(Math.max(x, 2), width - 2), y: 11, fill: "var(--soft)", "text-anchor": i === 0 ? "start" : i === ticks ? "end" : "middle"}, svg).textContent = hex(Math.round(from + (to - from) * i / ticks));
    }
    const lastX = [];
    for (const block of visible) {
      const cap = block.cap;
      const x = (cap.base - from) * scale, x2 = (cap.base + cap.size - from) * scale;
      const hot = link.isHot(cap.base, cap.size);
      const isChanged = changed.has(keyOf(cap));
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

  element.addEventListener("mousemove", event => {
    const block = event.target.block;
    if (block) link.point(hotOf(block.cap, block.slots[0]), describe(model, block.cap, block.slots));
    else link.point(null, event.target.textTip);
  });
  element.addEventListener("mouseleave", () => link.point(null));
  element.addEventListener("click", event => {
    const block = event.target.block;
    if (block) { view([block.cap.base, block.cap.base + block.cap.size]); onZoom(); }
  });
  element.addEventListener("wheel", event => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    const box = element.getBoundingClientRect();
    zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, from + (to - from) * (event.clientX - box.left) / box.width);
    onZoom();
  }, {passive: false});

  return {
    draw,
    follow() {
      while (views.length <= model.at) watch(model.run.steps[views.length - 1]);
      [from, to] = views[model.at];
    },
    // later steps are others than before
    forget(step) { views.length = Math.min(views.length, step + 1); },
    zoomToBlock(cap) { if (cap.bits >= 0) { view([cap.base, cap.base + cap.size]); onZoom(); } },
    zoomTo(where) {
      if (where === "all") view([0, end]);
      else if (where === "ram") view(ram());
      else if (where === "step") view(touched(model.changes.step, true));
      else if (where === "in") zoom(0.5);
      else if (where === "out") zoom(2);
      else view([from + (to - from) * (where === "left" ? -0.25 : 0.25), to + (to - from) * (where === "left" ? -0.25 : 0.25)]);
      onZoom();
    }
  };
}

function describe(model, cap, slots) {
  const detail = detailOf(cap);
  const where = slots.slice(0, 4).map(slot => model.slotName(slot)).join(", ") + (slots.length > 4 ? " and " + (slots.length - 4) + " more" : "");
  return nameOf(cap) + (detail ? "; " + detail : "") + "; capability in " + where;
}
