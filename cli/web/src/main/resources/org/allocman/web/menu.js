// What can be done with the capability in a slot, as lines.
const BADGED = ["endpoint", "notification"];

function makeMenu(element, view, isManaged, act) {
  const {model} = view;

  // How a line names a slot: its number in the root CNode, or the CNode's number and the place in it.
  function placeOf(slot) {
    const inRoot = placeIn(model.state.nodes[0], slot);
    if (inRoot !== null) return inRoot;
    for (const node of model.state.nodes.slice(1)) {
      const inNode = placeIn(node, slot);
      if (inNode === null) continue;
      for (const [holder, cap] of model.state.entries) {
        if (cap.type !== "CNode" || cap.base !== node.base || holder === slot) continue;
        const place = placeIn(model.state.nodes[0], holder);
        if (place !== null) return place + "/" + inNode;
      }
    }
    return null;
  }

  function placeIn(node, slot) {
    const offset = node ? slot - node.base : -1;
    return offset >= 0 && offset < node.size ? String(offset / model.run.machine.slotBytes) : null;
  }

  // The first slots that are empty; with a manager they are the manager's, and have to be asked for.
  function firstFree() {
    const root = model.state.nodes[0], bytes = model.run.machine.slotBytes;
    for (let i = 1; root && i < 2 ** root.radix; i++) if (!model.state.entries.has(root.base + i * bytes)) return String(i);
    return "0";
  }

  let taken = 0;
  function into(line) {
    if (!isManaged) return act([line(firstFree())]);
    const name = "slot" + ++taken;
    act([name + " = slot", line(name)]);
  }

  function button(text, what) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", () => { close(); what(); });
    return made;
  }

  function retype(place, cap) {
    const form = document.createElement("form");
    form.innerHTML = '<label>retype into <select aria-label="Type"></select></label><label>bits <input type="number" min="0" max="48" aria-label="Size in bits, where the type has no size of its own"></label><button type="submit">retype</button>';
    const type = form.querySelector("select"), bits = form.querySelector("input");
    for (const word of machine.complete("retype " + place).split(" ")) type.add(new Option(word, word));
    type.value = "endpoint";
    const sized = () => ["untyped", "cnode", "sched-context"].includes(type.value);
    const show = () => { bits.parentElement.hidden = !sized(); bits.value = type.value === "untyped" ? Math.max(4, cap.bits - 1) : type.value === "cnode" ? 4 : 8; };
    type.addEventListener("change", show);
    show();
    form.addEventListener("submit", event => {
      event.preventDefault();
      close();
      into(slot => "retype " + place + " " + type.value + (sized() ? " " + bits.value : "") + " -> " + slot);
    });
    return form;
  }

  function mint(place) {
    const form = document.createElement("form");
    form.innerHTML = '<label>badge <input value="0x1" aria-label="Badge"></label><button type="submit">mint</button>';
    form.addEventListener("submit", event => {
      event.preventDefault();
      close();
      into(slot => "mint " + place + " -> " + slot + " badge " + form.querySelector("input").value);
    });
    return form;
  }

  let before = null;
  function close() {
    element.hidden = true;
    if (before) before.focus();
    before = null;
  }

  function open(slot, x, y) {
    const cap = model.state.entries.get(slot), place = placeOf(slot);
    if (!cap || place === null) return;
    const title = document.createElement("h3");
    title.textContent = nameOf(cap) + "; " + model.slotName(slot);
    const parts = [title];
    if (cap.type === UNTYPED) parts.push(retype(place, cap));
    if (BADGED.includes(cap.type)) parts.push(mint(place));
    parts.push(
      button("copy", () => into(free => "copy " + place + " -> " + free)),
      button("move", () => into(free => "move " + place + " -> " + free)),
      button("revoke: delete what is derived from it", () => act(["revoke " + place])),
      button("delete", () => act(["delete " + place])),
      button("close", () => {}));
    element.replaceChildren(...parts);
    element.hidden = false;
    element.style.left = Math.max(4, Math.min(x, innerWidth - element.offsetWidth - 8)) + scrollX + "px";
    element.style.top = Math.max(4, Math.min(y, innerHeight - element.offsetHeight - 8)) + scrollY + "px";
    before = document.activeElement;
    element.querySelector("select, input, button").focus();
  }

  return {open, close};
}
