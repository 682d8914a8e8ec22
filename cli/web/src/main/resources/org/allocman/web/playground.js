// The playground: a machine of one's own, and the lines it is told.
const BOARDS = JSON.parse($("boards").textContent);
const OWN = "your own YAML";
const MOST_TO_GROW = 5000, SHOWN_LINES = 200, MOST_SAID = 800, MOST_FAULT = 10000;

let session = null, view = null, menu = null, setup = null;
const typed = {list: [], at: 0};

function say(text, isBad) {
  $("said").textContent = text.length > MOST_SAID ? text.slice(0, MOST_SAID) + " …" : text;
  $("said").className = isBad ? "bad" : "";
}

// Panels are drawn by listeners of their own elements; a new machine gets new elements.
function freshPanels() {
  for (const id of ["steps", "map", "owners", "slots", "tree", "pools", "circle"]) $(id).replaceWith($(id).cloneNode(false));
}

function boot(next) {
  const text = next.board === OWN ? next.yaml : BOARDS[next.board];
  let made;
  try {
    if (!text) throw new Error("there is no board '" + next.board + "'; choose one, or paste a description");
    made = makeSession(text, next.isManaged, "Playground: " + (next.board === OWN ? "a board of your own" : next.board));
  } catch (problem) {
    say(String(problem.message || problem), true);
    return false;
  }
  session = made;
  setup = {board: next.board, isManaged: next.isManaged, yaml: next.board === OWN ? text : ""};
  $("board").value = setup.board;
  $("managed").value = setup.isManaged ? "arena" : "";
  $("yamlPart").hidden = setup.board !== OWN;
  if (view) view.end();
  freshPanels();
  view = start(session.run);
  menu = makeMenu($("menu"), view, setup.isManaged, lines => lines.forEach(line => take(line, 0, false)));
  $("growIt").disabled = !setup.isManaged;
  $("circlePart").hidden = $("poolsPart").hidden = !setup.isManaged;
  for (const id of ["map", "slots", "tree"]) {
    $(id).addEventListener("contextmenu", openMenu);
    if (id !== "map") $(id).addEventListener("click", openMenu);
  }
  for (const [index, entry] of (next.lines || []).entries()) {
    const node = take(entry.line, entry.fail, entry.every);
    if (node.kind !== "MISTAKE") continue;
    say("Line " + (index + 1) + ", " + entry.line + ", is a mistake: " + node.message + "\nThe lines before it were done, those after it were left out.", true);
    draw();
    return "stopped";
  }
  draw();
  return true;
}

// Boots what a file or link holds. What was said of a mistake in it stays.
function openSession(next, done) {
  if (boot(next) === true) say(done);
}

function openMenu(event) {
  const hot = view.link.hot;
  if (!hot || hot.at === undefined) return;
  event.preventDefault();
  menu.open(hot.at, event.clientX, event.clientY);
}

function take(line, fail, every) {
  const after = session.linesAt(view.model.at);
  const from = session.endOf(after - 1);
  view.model.goTo(from);
  const node = session.take(line, fail, every, after);
  view.goOn(from);
  view.show(node.kind === "MISTAKE" ? from : node.end);
  say(node.message + aboutFault(node), node.kind !== "DONE");
  draw();
  return node;
}

function aboutFault(node) {
  if (!node.fail || node.kind === "MISTAKE") return "";
  if (!node.refused) return "\nThe line has no invocation number " + node.fail + ".";
  return "\nYou asked for that: the kernel was told to refuse invocation number " + node.fail + (node.every ? " of the line and all after it." : " of the line.");
}

function goTo(node) {
  const at = view.model.at;
  view.model.goTo(0);
  const same = session.goTo(node);
  view.goOn(Math.min(at, session.endOf(same - 1)));
  view.show(session.endOf(session.path.length - 1));
  draw();
}

// To where a line ends; line -1 is the boot.
function toLine(index) {
  if (index < -1 || index >= session.path.length) return;
  view.show(session.endOf(index));
  say(index < 0 ? "Shown: the machine as it has booted, before line 1." : "Shown: the machine after line " + (index + 1) + ", " + session.path[index].line);
  draw();
}

function drawLines() {
  const done = session.linesAt(view.model.at);
  // of many lines those around the present one
  const from = Math.max(0, Math.min(done - SHOWN_LINES / 2, session.path.length - SHOWN_LINES));
  const rows = session.path.slice(from, from + SHOWN_LINES).map((node, offset) => {
    const i = from + offset;
    const row = document.createElement("li");
    if (i === done - 1) row.className = "now";
    else if (i >= done) row.className = "ahead";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = (i + 1) + "  " + node.line + (node.fail ? "   (" + (node.every ? "all calls fail from " : "one call fails: ") + node.fail + ")" : "");
    button.addEventListener("click", () => toLine(i));
    const came = document.createElement("span");
    came.className = "came" + (node.kind === "DONE" ? "" : " bad");
    came.textContent = node.message.split("\n")[0];
    row.append(button, came);
    return row;
  });
  $("lines").replaceChildren(...rows);
  const now = $("lines").querySelector(".now");
  if (now) $("lines").scrollTop = now.offsetTop - $("lines").offsetTop - 60;
  $("undo").disabled = done === 0;
  $("redo").disabled = done >= session.path.length;
}

function drawBranches() {
  const here = session.last;
  const others = session.leaves().filter(leaf => leaf !== here);
  $("branches").replaceChildren();
  $("comparison").replaceChildren();
  if (!others.length) return;
  const title = document.createElement("h3");
  title.textContent = "Other ways that you took";
  $("branches").append(title);
  for (const leaf of others) {
    const path = session.pathTo(leaf);
    const text = path.slice(-3).map(node => node.line).join("; ");
    const go = document.createElement("button");
    go.type = "button";
    go.textContent = "go to: " + (path.length > 3 ? "…; " : "") + text;
    go.addEventListener("click", () => goTo(leaf));
    const compare = document.createElement("button");
    compare.type = "button";
    compare.textContent = "compare";
    compare.addEventListener("click", () => drawComparison($("comparison"), compareBranches(session, here || session.root, leaf)));
    const row = document.createElement("div");
    row.append(go, compare);
    $("branches").append(row);
  }
}

function draw() {
  drawLines();
  drawBranches();
}

// What the last word of the prompt may become.
function offers() {
  const before = $("line").value.slice(0, $("line").selectionStart);
  const words = before.trimStart().split(/\s+/);
  const begun = words.pop();
  const found = machine.complete(words.join(" ")).split(" ").filter(word => word && word.startsWith(begun));
  return {begun, found};
}

function complete() {
  const {begun, found} = offers();
  if (!found.length) return;
  let common = found[0];
  for (const word of found) while (!word.startsWith(common)) common = common.slice(0, -1);
  const more = common.slice(begun.length) + (found.length === 1 ? " " : "");
  const line = $("line"), at = line.selectionStart;
  line.value = line.value.slice(0, at) + more + line.value.slice(at);
  line.selectionStart = line.selectionEnd = at + more.length;
  $("offers").textContent = found.length > 1 ? found.join("  ") : "";
}

function grow() {
  const after = session.linesAt(view.model.at), from = session.endOf(after - 1);
  const names = new Set(session.path.map(node => node.line.split(" ")[0]));
  view.model.goTo(from);
  let node = null, count = 0, grew = false, number = 0;
  do {
    do number++; while (names.has("e" + number));
    node = session.take("e" + number + " = alloc endpoint", 0, false, after + count);
    count++;
    grew = node.operations.some(operation => operation.kind === "GROW");
  } while (node.kind === "DONE" && !grew && count < MOST_TO_GROW);
  view.goOn(from);
  view.show(node.end);
  if (grew) say("The pool took a page for endpoint number " + count + "; how it did is in the steps of the last line.");
  else if (node.kind === "DONE") say("The pool did not grow for " + many(count, "endpoint") + ".", true);
  else say("The pool did not grow: endpoint number " + count + " was " + node.message, true);
  draw();
}

function save() {
  const blob = new Blob([textOf(session, setup)], {type: "text/plain"});
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = "playground.script";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

async function link() {
  const packed = await packText(textOf(session, setup));
  const url = location.href.split("#")[0] + "#s=" + packed;
  history.replaceState(null, "", url);
  let copied = false;
  try { await navigator.clipboard.writeText(url); copied = true; } catch (notAllowed) { copied = false; }
  say(copied ? "The link is copied; it holds the whole session." : "The link is in the address bar; it holds the whole session.");
}

for (const name of [...Object.keys(BOARDS), OWN]) $("board").add(new Option(name, name));
$("board").onchange = () => { $("yamlPart").hidden = $("board").value !== OWN; };
$("bootIt").onclick = () => { if (boot({board: $("board").value, isManaged: $("managed").value !== "", yaml: $("yaml").value})) say("The board has booted."); };
$("undo").onclick = () => toLine(session.linesAt(view.model.at) - (view.model.at > session.endOf(session.linesAt(view.model.at) - 1) ? 1 : 2));
$("redo").onclick = () => toLine(session.linesAt(view.model.at));
$("checkIt").onclick = () => {
  // the machine is at the end of its lines, whatever step is shown
  const broken = machine.broken();
  say(broken || "Every invariant of the kernel" + (setup.isManaged ? " and of the manager" : "") + " holds after the last line.", broken !== "");
};
$("growIt").onclick = grow;
$("saveIt").onclick = save;
$("openIt").onclick = () => $("file").click();
$("file").onchange = async () => {
  const file = $("file").files[0];
  if (file) {
    const text = await file.text();
    if (isSession(text)) openSession(parseText(text), file.name + " was opened.");
    else say(file.name + " holds no session and no script: a script is a text with a command on each line.", true);
  }
  $("file").value = "";
};
$("linkIt").onclick = link;
$("fault").onchange = () => { $("whichPart").hidden = !$("fault").value; };
$("prompt").onsubmit = event => {
  event.preventDefault();
  const line = $("line").value.trim();
  if (!line || line.startsWith("#")) {
    say(line ? "A comment does nothing." : "");
    return;
  }
  const which = $("which").value;
  if ($("fault").value && !(/^[0-9]+$/.test(which) && +which >= 1 && +which <= MOST_FAULT)) {
    say("Which call is to fail? Give a number from 1 to " + MOST_FAULT + ".", true);
    return;
  }
  typed.list.push(line);
  typed.at = typed.list.length;
  const fail = $("fault").value ? +which : 0;
  if (take(line, fail, $("fault").value === "all").kind !== "MISTAKE") {
    $("line").value = "";
    $("fault").value = "";
    $("whichPart").hidden = true;
  }
  $("offers").textContent = "";
};
$("line").oninput = () => { $("offers").textContent = ""; };
$("line").onkeydown = event => {
  if (event.key === "Tab" && !event.shiftKey && $("line").value) { event.preventDefault(); complete(); }
  else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
    event.preventDefault();
    typed.at = Math.max(0, Math.min(typed.list.length, typed.at + (event.key === "ArrowUp" ? -1 : 1)));
    $("line").value = typed.list[typed.at] || "";
  }
};
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !$("menu").hidden) { menu.close(); return; }
  if (!(event.ctrlKey || event.metaKey) || isTyping(event.target) && event.target.value) return;
  const button = event.key === "z" ? $("undo") : event.key === "y" ? $("redo") : null;
  if (!button) return;
  event.preventDefault();
  button.click();
});
document.addEventListener("mousedown", event => { if (!$("menu").hidden && !event.target.closest("#menu")) menu.close(); });
// the slider and the list move the view; the lines show where it is
new MutationObserver(() => { if (session) drawLines(); }).observe($("position"), {childList: true});

// What a link holds is booted; false if there is no link.
async function openLink() {
  if (!location.hash.startsWith("#s=")) return false;
  try {
    openSession(parseText(await unpackText(location.hash.slice(3))), "The session of the link was opened.");
    return session !== null;
  } catch (broken) {
    say("The link is damaged: it holds no session. Ask for it again, or copy it as a whole.", true);
    return false;
  }
}

window.addEventListener("hashchange", openLink);

(async function begin() {
  if (new URLSearchParams(location.search).has("embed")) document.documentElement.dataset.embed = "";
  const isLink = location.hash.startsWith("#s=");
  const opened = await openLink();
  const said = $("said").textContent;
  if (!opened && !boot(parseText(JSON.parse($("start").textContent)))) boot({board: "tiny", isManaged: true});
  if (isLink && !opened) say(said, true);
  if (!isLink) $("line").focus();
})();
