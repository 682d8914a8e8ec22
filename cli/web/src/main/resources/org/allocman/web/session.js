// A machine and its lines. Lines that were left for others are kept as branches.
function makeSession(boardText, isManaged, title) {
  const failure = machine.boot(entriesOf(boardText), !isManaged);
  if (failure !== "ok") throw new Error(failure);
  const run = JSON.parse(machine.soFar(title));
  const root = {line: "", children: [], parent: null};
  const first = {steps: run.steps.length, operations: run.operations.length};
  let path = [];

  // Where a line's steps end, counted from the boot; line -1 is the boot.
  const endOf = index => index < 0 ? first.steps : path[index].end;

  // How many lines have been done at a step.
  function linesAt(step) {
    let low = 0, high = path.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (path[middle].end <= step) low = middle + 1; else high = middle;
    }
    return low;
  }

  function cut(lines) {
    if (lines >= path.length) return;
    machine.backTo(lines);
    run.steps.length = endOf(lines - 1);
    run.operations.length = lines ? path[lines - 1].lastOperation : first.operations;
    path = path.slice(0, lines);
  }

  function perform(node) {
    const [kind, refused, message, tail] = split(machine.take(node.line, node.fail, node.every));
    const grown = JSON.parse(tail);
    run.rows.push(...grown.rows);
    run.values.push(...grown.values);
    node.kind = kind;
    node.message = message;
    node.refused = refused === "true";
    node.steps = grown.steps;
    node.operations = grown.operations;
    if (kind === "MISTAKE") return false;
    run.steps.push(...grown.steps);
    run.operations.push(...grown.operations);
    node.end = run.steps.length;
    node.lastOperation = run.operations.length;
    path.push(node);
    return true;
  }

  // The last part may hold anything.
  function split(text) {
    const parts = [];
    for (let i = 0; i < 2; i++) {
      const end = text.indexOf("\f");
      parts.push(text.slice(0, end));
      text = text.slice(end + 1);
    }
    const end = text.lastIndexOf("\f");
    return [...parts, text.slice(0, end), text.slice(end + 1)];
  }

  function pathTo(node) {
    const list = [];
    for (let at = node; at.parent; at = at.parent) list.unshift(at);
    return list;
  }

  return {
    run, root, endOf, linesAt,
    get path() { return path; },
    get last() { return path[path.length - 1]; },
    // Takes a line after some others; what came after those is left, and kept.
    take(line, fail, every, after) {
      const left = path;
      cut(after);
      const parent = path.length ? path[path.length - 1] : root;
      const known = parent.children.find(child => child.line === line && child.fail === fail && child.every === every);
      const node = known || {line, fail, every, parent, children: []};
      if (perform(node)) {
        if (!known) parent.children.push(node);
      } else {
        for (const again of left.slice(after)) perform(again);
      }
      return node;
    },
    // Goes to the end of a branch.
    goTo(node) {
      const wanted = pathTo(node);
      let same = 0;
      while (same < path.length && same < wanted.length && path[same] === wanted[same]) same++;
      cut(same);
      for (const next of wanted.slice(same)) perform(next);
      return same;
    },
    // The last lines of all branches.
    leaves() {
      const found = [];
      (function visit(node) {
        if (node !== root && !node.children.length) found.push(node);
        node.children.forEach(visit);
      })(root);
      return found;
    },
    pathTo,
    // The steps up to the end of a branch, whatever branch the machine is on.
    stepsTo: node => [...run.steps.slice(0, first.steps), ...pathTo(node).flatMap(each => each.steps)]
  };
}

// A board's description as the machine takes it: each value behind its place.
function entriesOf(text) {
  const entries = [];
  (function visit(value, place) {
    if (Array.isArray(value)) value.forEach((item, i) => visit(item, place + "[" + i + "]"));
    else if (value && typeof value === "object") for (const key in value) visit(value[key], place ? place + "." + key : key);
    else entries.push(place + "\t" + String(value).replace(/[\t\n\r]/g, " "));
  })(yaml.load(text, {schema: yaml.FAILSAFE_SCHEMA}), "");
  return entries.join("\n");
}

// Sessions as text: a script that allocman's shell takes, too; what the shell does not know is in remarks.
function textOf(session, setup) {
  const head = ["# allocman playground", "# board: " + setup.board, "# manager: " + (setup.isManaged ? "arena" : "none")];
  if (setup.yaml) for (const line of setup.yaml.split("\n")) head.push("#| " + line);
  return [...head, ...session.path.flatMap(node => node.fail ? ["# let " + (node.every ? "all calls fail from " : "one call fail: ") + node.fail, node.line] : [node.line])].join("\n") + "\n";
}

function parseText(text) {
  const setup = {board: "tiny", isManaged: true, yaml: "", lines: []};
  const yamlLines = [];
  let fault = null;
  for (const line of text.split(/\r\n|[\r\n]/)) {
    let found;
    if ((found = /^# board: (.+)$/.exec(line))) setup.board = found[1].trim();
    else if ((found = /^# manager: (.+)$/.exec(line))) setup.isManaged = found[1].trim() !== "none";
    else if ((found = /^#\| ?(.*)$/.exec(line))) yamlLines.push(found[1]);
    else if ((found = /^# let (one call fail: |all calls fail from )(\d+)$/.exec(line))) fault = {every: found[1].startsWith("all"), fail: +found[2]};
    else if (line.trim() && !line.trim().startsWith("#")) {
      setup.lines.push({line: line.trim(), fail: fault ? fault.fail : 0, every: fault ? fault.every : false});
      fault = null;
    }
  }
  setup.yaml = yamlLines.join("\n");
  return setup;
}

// Whether a text is a saved session, or may be a script.
function isSession(text) {
  return !/[\0-\x08\x0e-\x1f\ufffd]/.test(text) && (text.startsWith("# allocman playground") || parseText(text).lines.length > 0);
}

// A number that tells a text from one that was changed on its way.
function sumOf(text) {
  let sum = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, "0");
}

// What fits behind the # of a link, with a sum behind it.
async function packText(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") + "." + sumOf(text);
}

async function unpackText(link) {
  const parts = /^([A-Za-z0-9_-]+)(?:\.([0-9a-f]{8}))?$/.exec(link);
  if (!parts) throw new Error("no link");
  const bytes = Uint8Array.from(atob(parts[1].replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  if (!isSession(text) || parts[2] && parts[2] !== sumOf(text)) throw new Error("damaged");
  return text;
}
