// Two branches side by side: where their lines part, and what the machine holds at their ends.
function compareBranches(session, one, other) {
  const left = session.pathTo(one), right = session.pathTo(other);
  let same = 0;
  while (same < left.length && same < right.length && left[same] === right[same]) same++;
  const ends = [one, other].map(node => {
    const steps = session.stepsTo(node);
    const model = makeModel({...session.run, steps});
    model.goTo(steps.length);
    return model;
  });
  const rows = [];
  const slots = new Set([...ends[0].state.entries.keys(), ...ends[1].state.entries.keys()]);
  for (const slot of [...slots].sort((a, b) => a - b)) {
    const [a, b] = ends.map(model => tell(model.state.entries.get(slot)));
    if (a !== b) rows.push([(ends[0].state.entries.has(slot) ? ends[0] : ends[1]).slotName(slot), a, b]);
  }
  return {lines: [left.slice(same), right.slice(same)].map(list => list.map(node => node.line)), rows};

  function tell(cap) { return cap ? nameOf(cap) + (detailOf(cap) ? "; " + detailOf(cap) : "") : "empty"; }
}

function drawComparison(element, {lines, rows}) {
  const table = document.createElement("table");
  addRow("th", ["", "here", "the other branch"]);
  addRow("td", ["lines", lines[0].join("\n") || "none", lines[1].join("\n") || "none"]);
  for (const row of rows.slice(0, 200)) addRow("td", row);
  if (!rows.length) addRow("td", ["capabilities", "the same in both", ""]);
  if (rows.length > 200) addRow("td", [rows.length - 200 + " more", "", ""]);
  element.replaceChildren(table);

  function addRow(kind, texts) {
    const row = document.createElement("tr");
    for (const text of texts) {
      const cell = document.createElement(kind);
      cell.style.whiteSpace = "pre-line";
      cell.textContent = text;
      row.append(cell);
    }
    table.append(row);
  }
}
