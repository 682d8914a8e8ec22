// Pieces of memory by owner: pages of Xous' processes, blocks of uVisor's boxes.
const OWNER_COLOURS = ["#0067a3", "#a86b00", "#007a58", "#b84f00", "#a3477d", "#2178a8", "#6f6030", "#7b2d5e", "#7d7600", "#3f6b2b", "#8f4a30", "#5a5fbf"];

// What is negative is no owner, but something else to tell, such as being free.
function ownerColour(owner) { return owner < 0 ? "#7d8790" : OWNER_COLOURS[(owner - 1) % OWNER_COLOURS.length]; }

function makeOwners(model, link, element, legend) {
  const cells = model.run.cells;
  const field = makeField(element, link);
  let drawn = [];

  function part({stretch, first}) {
    const at = i => stretch.start + i * cells.bytes;
    const used = new Set();
    let owned = 0;
    for (let i = 0; i < stretch.count; i++) {
      const has = model.owners.has(first + i);
      owned += model.owners.get(first + i) > 0;
      if (has || model.changes.cells.has(first + i)) used.add(Math.floor(i / COLUMNS));
    }
    return {
      title: stretch.name + " from " + hex(stretch.start) + ": " + owned.toLocaleString("en") + " of " + many(stretch.count, cells.piece) + " with an owner",
      count: stretch.count,
      used,
      large: true,
      label: i => model.owners.has(first + i) ? cells.owners[model.owners.get(first + i)] : "",
      look(i) {
        const owner = model.owners.get(first + i);
        return {colour: owner && ownerColour(owner), hot: link.isHot(at(i), cells.bytes), changed: model.changes.cells.has(first + i)};
      },
      point(i) {
        if (i < 0) return link.point(null);
        const owner = model.owners.get(first + i) || 0;
        link.point({base: at(i), size: cells.bytes}, cells.piece + " of " + size(cells.bytes) + " at " + hex(at(i)) + ": " + cells.owners[owner]);
      }
    };
  }

  let first = 0;
  const stretches = cells.stretches.map(stretch => {
    const here = {stretch, first};
    first += stretch.count;
    return here;
  });

  return {
    draw() {
      field.draw(stretches.map(part));
      const there = new Set(model.owners.values());
      const names = [...there].sort((a, b) => a - b);
      if (names.join() === drawn.join()) return;
      drawn = names;
      legend.replaceChildren(...names.map(owner => swatch(ownerColour(owner), cells.owners[owner])));
    }
  };
}
