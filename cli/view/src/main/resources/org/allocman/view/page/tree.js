// The derivation tree, as the list through all slots that the kernel keeps, indented.
function makeTree(model, link, element) {
  const list = makeList(element, () => model.state.tree.length, (row, i) => {
    const {slot, cap, depth} = model.state.tree[i];
    row.style.paddingLeft = 6 + depth * 16 + "px";
    const swatch = document.createElement("i");
    swatch.style.background = colourOf(cap);
    const where = document.createElement("span");
    where.className = "soft";
    where.textContent = "  " + model.slotName(slot);
    row.append(swatch, nameOf(cap), where);
    row.title = detailOf(cap);
    if (changed().has(slot)) row.classList.add("changed");
    if (link.isHot(cap.base, cap.size, slot)) row.classList.add("hot");
    row.addEventListener("mouseenter", () => link.point(hotOf(cap, slot), describe(model, cap, [slot])));
    row.addEventListener("mouseleave", () => link.point(null));
  });
  let cachedAt = -1, cached = new Set();
  function changed() {
    if (cachedAt !== model.at) {
      const step = model.run.steps[model.at - 1];
      cached = new Set(((step && step.slots) || []).filter(change => isEssential(model, change)).map(change => change[0]));
      cachedAt = model.at;
    }
    return cached;
  }
  return {
    draw() {
      const marks = changed();
      const index = marks.size ? model.state.tree.findIndex(entry => marks.has(entry.slot)) : -1;
      if (index >= 0) list.show(index); else list.draw();
    },
    drawHot() { list.draw(); }
  };
}
