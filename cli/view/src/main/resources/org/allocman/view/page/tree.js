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
    if (model.changes.slots.has(slot)) row.classList.add("changed");
    row.addEventListener("mouseenter", () => link.point(hotOf(cap, slot), describe(model, cap, [slot])));
  }, i => {
    const {slot, cap} = model.state.tree[i];
    return link.isHot(cap.base, cap.size, slot);
  });
  forgetOutside(element, link, ".row");
  return {
    draw() {
      const marks = model.changes.slots;
      const index = marks.size ? model.state.tree.findIndex(entry => marks.has(entry.slot)) : -1;
      if (index >= 0) list.show(index); else list.draw();
    },
    mark: list.mark,
    show: list.show
  };
}
