// A long list of which only the rows in sight exist.
function makeList(element, count, fill) {
  const HEIGHT = 22;
  const inner = document.createElement("div");
  inner.style.position = "relative";
  element.append(inner);
  function draw() {
    const total = count();
    inner.style.height = total * HEIGHT + "px";
    const first = Math.max(0, Math.floor(element.scrollTop / HEIGHT) - 4);
    const last = Math.min(total, first + Math.ceil(element.clientHeight / HEIGHT) + 10);
    const rows = [];
    for (let i = first; i < last; i++) {
      const row = document.createElement("div");
      row.className = "row";
      row.style.top = i * HEIGHT + "px";
      fill(row, i);
      rows.push(row);
    }
    inner.replaceChildren(...rows);
  }
  element.addEventListener("scroll", draw);
  return {
    draw,
    show(index) {
      const top = index * HEIGHT;
      if (top < element.scrollTop || top + HEIGHT > element.scrollTop + element.clientHeight) {
        element.scrollTop = Math.max(0, top - element.clientHeight / 2);
      }
      draw();
    }
  };
}
