// Kinds of steps in which the kernel is not invoked.
const NO_INVOCATIONS = ["records", "call", "rewind"];

// An event may come from the document itself.
function isTyping(target) {
  return target instanceof Element && target.matches("textarea, select, input:not([type=range], [type=checkbox])");
}

const $ = id => document.getElementById(id);

async function load() {
  const packed = Uint8Array.from(atob($("run").textContent.trim()), c => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

function start(run) {
  const model = makeModel(run), link = makeLink();
  const map = makeMap(model, link, $("map"), $("range"), () => { $("follow").checked = false; map.draw(); });
  const slots = makeSlots(model, link, $("slots"));
  const tree = makeTree(model, link, $("tree"));
  const pools = makePools(model, link, $("pools"));
  const owners = run.cells ? makeOwners(model, link, $("owners"), $("ownersLegend")) : {draw() {}};
  const score = {right: 0, asked: 0};
  let pending = null;
  const stop = new AbortController(), signal = stop.signal;
  let last = 0;

  document.title = "allocman: " + run.title;
  $("title").textContent = run.title;
  $("command").textContent = run.command;
  $("legend").replaceChildren();
  drawLegend($("legend"));
  // what there is nothing of is not shown
  const hasKernel = run.machine.types.length > 0, hasPools = run.machine.pools.length > 0;
  for (const [part, isThere] of [["map", hasKernel], ["slots", hasKernel], ["tree", hasKernel], ["pools", hasPools], ["circle", hasPools], ["owners", run.cells]]) {
    $(part + "Part").hidden = !isThere;
  }
  if (run.cells) $("ownersTitle").textContent = run.cells.title;

  // Which invocation a step is, counted as --fail counts them.
  const numbers = [];
  function measure() {
    last = run.steps.length;
    const about = [run.machine.board + (run.machine.architecture ? " (" + run.machine.architecture + ")" : "")];
    if (run.machine.untypeds) about.push(many(run.machine.untypeds, "untyped") + " at boot");
    $("about").textContent = [...about, many(last, "step")].join(", ") + (run.cut ? "; " + many(run.cut, "later step") + " not recorded" : "") + ".";
    $("slider").max = last;
    let invocations = 0;
    run.steps.forEach((step, i) => { numbers[i] = i < run.opening || NO_INVOCATIONS.includes(step.kind) ? 0 : ++invocations; });
  }
  measure();

  const list = makeList($("steps"), () => last + 1, (row, i) => {
    const step = run.steps[i - 1];
    row.setAttribute("role", "option");
    row.textContent = i === 0 ? "0  the machine has booted" : i + "  " + stepText(step, run);
    if (step && (step.error || step.wrong)) row.classList.add("bad");
    if (i === model.at) { row.classList.add("current"); row.setAttribute("aria-selected", "true"); }
    row.addEventListener("click", () => show(i));
    const concerned = model.concerned(step);
    if (concerned.length) {
      const {slot, cap} = concerned[0];
      row.addEventListener("mouseenter", () => link.point(hotOf(cap, slot), nameOf(cap) + "; " + model.slotName(slot)));
    } else {
      row.addEventListener("mouseenter", () => link.point(null));
    }
  }, i => model.concerned(run.steps[i - 1]).some(({slot, cap}) => link.isHot(cap.base, cap.size, slot)));

  forgetOutside($("steps"), link, ".row");

  // The capability that the keys n and p walk to; it is pointed at as with a mouse.
  let cursor = -1;
  function walk(direction) {
    const entries = model.state.tree;
    if (!entries.length) return;
    cursor = (cursor + direction + entries.length) % entries.length;
    const {slot, cap} = entries[cursor];
    tree.show(cursor);
    link.point(hotOf(cap, slot), describe(model, cap, [slot]));
  }

  function show(target) {
    pending = null;
    cursor = -1;
    link.point(null);
    model.goTo(Math.max(0, Math.min(last, target)));
    draw();
  }

  function draw() {
    const step = model.changes.step;
    if ($("follow").checked) map.follow();
    $("slider").value = model.at;
    $("position").textContent = "step " + model.at + " of " + last;
    $("question").hidden = true;
    $("what").textContent = step ? stepText(step, run) : "The machine has booted";
    const operation = step && run.operations[step.operation];
    const isLine = step && step.kind === "call" && operation.kind === "LINE";
    $("why").textContent = step ? (operation ? contextText(run, operation, step.kind === "call" ? operation : null) + " " : "") + reasonText(run, step, model.at - 1)
      : "The kernel has cut what is free into untypeds. Nothing can be allocated yet: an object needs a block and a slot, both need a record, records need memory, and memory is an object. Only the static pool, part of the root task's image, is there from the start.";
    $("wrong").textContent = step && step.wrong ? step.wrong.join("\n") : "";
    $("answer").textContent = isLine ? operation.answer : !step || NO_INVOCATIONS.includes(step.kind) ? "" : step.error ? "The kernel refused: " + step.error : "The kernel did it.";
    $("answer").className = isLine ? "" : step && step.error ? "bad" : "good";
    const number = step ? numbers[model.at - 1] : 0;
    $("break").textContent = number && run.breaking ? "Make this invocation fail: " + run.breaking.replace(/( --html )/, " --fail " + number + "$1") : "";
    $("score").textContent = score.asked ? score.right + " of " + score.asked + " right" : "";
    drawCircle($("circle"), run, model.changes.parts);
    map.draw(); slots.draw(); tree.draw(); pools.draw(); owners.draw(); list.show(model.at);
  }

  function forward() {
    if (model.at >= last) return;
    const question = $("ask").checked && !pending ? questionFor(model, model.at) : null;
    if (!question) return show(model.at + 1);
    pending = question;
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = question.question;
    set.append(legend);
    question.choices.forEach((choice, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = (i + 1) + ". " + choice;
      button.addEventListener("click", () => choose(i));
      set.append(button);
    });
    $("question").replaceChildren(set);
    $("question").hidden = false;
    $("what").textContent = "What will happen?";
    $("why").textContent = $("answer").textContent = $("break").textContent = "";
  }

  function choose(i) {
    if (!pending || i >= pending.choices.length) return;
    const {truth, choices} = pending;
    const right = choices[i] === truth;
    score.asked++;
    if (right) score.right++;
    show(model.at + 1);
    const verdict = document.createElement("p");
    verdict.className = right ? "good" : "bad";
    verdict.textContent = right ? "Right: " + truth + "." : "Not so: you said " + choices[i] + ", it is " + truth + ".";
    $("question").replaceChildren(verdict);
    $("question").hidden = false;
  }

  function operationStep(direction) {
    let i = model.at + direction;
    const of = n => n > 0 && n <= last ? run.steps[n - 1].operation : -2;
    const now = of(model.at);
    while (i > 0 && i < last && of(i) === now) i += direction;
    show(i);
  }

  $("first").onclick = () => show(0);
  $("last").onclick = () => show(last);
  $("back").onclick = () => show(model.at - 1);
  $("forward").onclick = forward;
  $("slider").oninput = event => show(+event.target.value);
  $("copy").onclick = () => navigator.clipboard && navigator.clipboard.writeText(run.command);
  $("theme").onclick = () => {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    draw();
  };
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.onclick = () => map.zoomTo(button.dataset.zoom);
  }
  const keys = {
    ArrowRight: forward, ArrowLeft: () => show(model.at - 1), ArrowDown: () => operationStep(1), ArrowUp: () => operationStep(-1),
    PageDown: () => show(model.at + 100), PageUp: () => show(model.at - 100), Home: () => show(0), End: () => show(last),
    "+": () => map.zoomTo("in"), "-": () => map.zoomTo("out"),
    n: () => walk(1), p: () => walk(cursor < 0 ? 0 : -1), z: () => { if (cursor >= 0) map.zoomToBlock(model.state.tree[cursor].cap); },
    f: () => { $("follow").checked = !$("follow").checked; draw(); },
    a: () => { $("ask").checked = !$("ask").checked; },
    1: () => choose(0), 2: () => choose(1), 3: () => choose(2), 4: () => choose(3)
  };
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const key = keys[event.key];
    if (!key) return;
    event.preventDefault();
    key();
  }, {signal});
  link.listen(text => {
    if (text) $("hover").textContent = text;
    map.draw(); slots.draw(); tree.mark(); pools.draw(); owners.draw(); list.mark();
  });
  $("follow").onchange = draw;
  let resize = 0;
  addEventListener("resize", () => { cancelAnimationFrame(resize); resize = requestAnimationFrame(draw); }, {signal});
  // Who asks for no step sees the first one that the run is about; what led to it is before it.
  const asked = () => location.hash.length > 1 ? +location.hash.slice(1) || 0 : run.opening && Math.min(run.opening + 1, last);
  addEventListener("hashchange", () => show(asked()), {signal});
  show(asked());
  performance.mark("ready");
  document.body.dataset.ready = "yes";
  return {
    model, link, show,
    // The run goes on: steps from a number on are new.
    goOn(from) {
      map.forget(from);
      model.grew();
      measure();
    },
    end: () => { stop.abort(); link.point(null); }
  };
}
