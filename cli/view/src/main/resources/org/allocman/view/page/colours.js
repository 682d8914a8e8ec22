// One colour for a type, everywhere; chosen so that people with weak colour vision can tell them apart.
const COLOURS = {
  "untyped": "#b9bfc6", "endpoint": "#56b4e9", "notification": "#0072b2", "reply": "#7a5195", "CNode": "#e69f00",
  "TCB": "#d55e00", "zombie": "#000000", "frame": "#009e73", "page table": "#cc79a7", "page directory": "#b0568a",
  "PDPT": "#94427a", "VSpace": "#7b2d5e", "ASID pool": "#8c7a3d", "control": "#6b7280"
};
function colourOf(cap) { return COLOURS[cap.type] || "#888888"; }

function swatch(colour, text) {
  const item = document.createElement("span");
  const mark = document.createElement("i");
  mark.style.background = colour;
  item.append(mark, text);
  return item;
}

function drawLegend(element) {
  for (const type of ["untyped", "CNode", "TCB", "endpoint", "notification", "frame", "page table", "VSpace", "ASID pool", "control"]) {
    element.append(swatch(COLOURS[type], type));
  }
  const mark = document.createElement("span");
  mark.textContent = "▌dark part of an untyped: below its watermark. Pale: device memory.";
  element.append(mark);
}
