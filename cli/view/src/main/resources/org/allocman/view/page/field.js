// Fields of cells, a title over each: rows of 64, stretches without anything to see left out. A few cells are drawn large.
const COLUMNS = 64, CELL = 8, FEW = 32;

// A part is {title, count, used: a Set of rows to draw, look: index -> {colour, alpha, hot, changed} or null, point}.
function makeField(element, link) {
  forgetOutside(element, link, "canvas");
  function canvasOf(part) {
    const columns = Math.min(COLUMNS, part.count);
    const room = Math.max(300, element.clientWidth);
    const large = part.label && part.count <= FEW;
    const wide = large ? Math.min(110, Math.floor(room / columns)) : part.large ? Math.max(CELL, Math.min(18, Math.floor(room / COLUMNS))) : CELL;
    const high = large ? 28 : part.large ? Math.min(wide, 12) : CELL;
    const lines = [];
    let y = 0, previous = -1;
    for (const row of [...part.used].sort((a, b) => a - b)) {
      if (previous >= 0 && row > previous + 1) y += 5;
      lines.push({row, y});
      y += high;
      previous = row;
    }
    const canvas = document.createElement("canvas");
    const ratio = window.devicePixelRatio || 1;
    canvas.width = columns * wide * ratio;
    canvas.height = Math.max(1, y * ratio);
    canvas.style.width = columns * wide + "px";
    const pen = canvas.getContext("2d");
    pen.scale(ratio, ratio);
    const style = getComputedStyle(document.documentElement);
    const emptyColour = style.getPropertyValue("--empty"), hotColour = style.getPropertyValue("--hot");
    for (const line of lines) {
      for (let column = 0; column < columns && line.row * COLUMNS + column < part.count; column++) {
        const look = part.look(line.row * COLUMNS + column);
        pen.globalAlpha = look && look.alpha || 1;
        pen.fillStyle = look && look.colour || emptyColour;
        pen.fillRect(column * wide, line.y, wide - 1, high - 1);
        pen.globalAlpha = 1;
        if (large && look) writeLabel(pen, part.label(line.row * COLUMNS + column), column * wide, line.y, wide);
        if (look && (look.hot || look.changed)) {
          pen.strokeStyle = hotColour;
          pen.lineWidth = look.hot ? 2 : 1;
          pen.strokeRect(column * wide + 0.5, line.y + 0.5, wide - 2, high - 2);
        }
      }
    }
    canvas.addEventListener("mousemove", event => {
      const box = canvas.getBoundingClientRect();
      const scale = columns * wide / box.width;
      const at = (event.clientY - box.top) * scale;
      const line = lines.find(l => at >= l.y && at < l.y + high);
      const index = line ? line.row * COLUMNS + Math.floor((event.clientX - box.left) * scale / wide) : -1;
      part.point(index < part.count ? index : -1);
    });
    return canvas;
  }
  function writeLabel(pen, text, x, y, width) {
    pen.font = "11px system-ui, sans-serif";
    pen.fillStyle = "#ffffff";
    const letters = Math.floor((width - 6) / 6.2);
    if (letters >= 2) pen.fillText(text.slice(0, letters), x + 4, y + 18);
  }

  return {
    draw(parts) {
      const children = [];
      for (const part of parts) {
        const title = document.createElement("h3");
        title.textContent = part.title;
        children.push(title);
        if (part.used.size) children.push(canvasOf(part));
      }
      const top = element.scrollTop;
      element.replaceChildren(...children);
      element.scrollTop = top;
    }
  };
}
