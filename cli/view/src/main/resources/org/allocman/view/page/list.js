// A long list of which only the rows in sight exist.
function makeList(element, count, fill, isHot) {
  const HEIGHT = 22;
  const inner = document.createElement("div");
  inner.style.position = "relative";
  element.append(inner);
  let first = 0;
  function draw() {
    const total = count();
    inner.style.height = total * HEIGHT + "px";
    first = Math.max(0, Math.floor(element.scrollTop / HEIGHT) - 4);
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
    mark();
  }
  function mark() {
    for (let i = 0; i < inner.children.length; i++) inner.children[i].classList.toggle("hot", isHot(first + i));
  }
  element.addEventListener("scroll", draw);
  return {
    draw, mark,
    show(index) {
      element.scrollTop = Math.max(0, index * HEIGHT - element.clientHeight / 2);
      draw();
    }
  };
}
