// Who needs whom; the needs that a step serves are lit.
const NODES = {object: [150, 26, "object"], slot: [262, 96, "slot"], untyped: [38, 96, "untyped"], record: [150, 150, "book-keeping"], memory: [190, 222, "mapped page"], frame: [38, 222, "frame"]};
const EDGES = [
  ["object", "untyped", "lies in"], ["object", "slot", "is named by"], ["untyped", "slot", "pieces need"], ["untyped", "record", "needs a"],
  ["slot", "record", "needs a"], ["record", "memory", "lives in"], ["memory", "frame", "is a"], ["frame", "slot", "needs a", {path: "M52 240C110 286 330 276 268 114", x: 262, y: 214}], ["frame", "untyped", "lies in"]
];

function litEdges(run, step) {
  const lit = new Set();
  if (!step) return lit;
  const operation = run.operations[step.operation] || {};
  const a = step.arguments || {};
  const grow = operation.kind === "GROW";
  if (step.kind === "retype") {
    if (a.type === UNTYPED && a.count > 1) { lit.add("untyped-slot"); lit.add("untyped-record"); }
    else if (grow) { lit.add("memory-frame"); lit.add("frame-slot"); lit.add("frame-untyped"); }
    else { lit.add("object-untyped"); lit.add("object-slot"); }
  } else if (grow && (step.kind === "page map" || step.kind === "table map")) { lit.add("record-memory"); lit.add("memory-frame"); }
  if (step.kind === "records" && (step.words || []).length) { lit.add("slot-record"); lit.add("untyped-record"); lit.add("record-memory"); }
  return lit;
}

function drawCircle(element, run, steps) {
  const lit = new Set(steps.flatMap(step => [...litEdges(run, step)]));
  let svg = '<svg viewBox="0 0 304 270" role="img" aria-label="The circle of dependencies"><defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="context-stroke"/></marker></defs>';
  const nodes = new Set();
  let labels = "";
  for (const [from, to, label, bent] of EDGES) {
    const on = lit.has(from + "-" + to);
    if (on) { nodes.add(from); nodes.add(to); }
    const [x1, y1] = NODES[from], [x2, y2] = NODES[to];
    const length = Math.hypot(x2 - x1, y2 - y1), ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    const padStart = Math.min(26 / Math.max(Math.abs(ux) * 0.7, Math.abs(uy) * 1.6), 46), padEnd = padStart + 2;
    const cls = on ? " lit" : "";
    const path = bent ? bent.path : "M" + (x1 + ux * padStart) + " " + (y1 + uy * padStart) + "L" + (x2 - ux * padEnd) + " " + (y2 - uy * padEnd);
    svg += '<path class="edge' + cls + '" marker-end="url(#tip)" d="' + path + '"/>';
    const x = bent ? bent.x : (x1 + x2) / 2, y = bent ? bent.y : (y1 + y2) / 2;
    if (on) labels += '<text class="label lit" text-anchor="middle" x="' + x + '" y="' + (y + 4) + '">' + label + "</text>";
  }
  for (const key in NODES) {
    const [x, y, name] = NODES[key];
    const w = name.length * 7 + 18;
    svg += '<rect class="node' + (nodes.has(key) ? " lit" : "") + '" x="' + (x - w / 2) + '" y="' + (y - 13) + '" width="' + w + '" height="26" rx="13"/><text text-anchor="middle" x="' + x + '" y="' + (y + 4) + '">' + name + "</text>";
  }
  element.innerHTML = svg + labels + "</svg>";
}
