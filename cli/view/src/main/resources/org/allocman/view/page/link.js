// What the pointer is at: a range of physical memory. Every part lights what lies in it.
function makeLink() {
  const listeners = [];
  let hot = null, said = "";
  return {
    get hot() { return hot; },
    listen(listener) { listeners.push(listener); },
    point(thing, text = "") {
      const same = hot && thing ? hot.base === thing.base && hot.size === thing.size && hot.slot === thing.slot : hot === thing;
      if (same && said === text) return;
      hot = thing;
      said = text;
      for (const listener of listeners) listener(text);
    },
    isHot(base, length, slot) {
      if (!hot) return false;
      if (hot.slot !== undefined && slot === hot.slot) return true;
      return hot.size > 0 && length > 0 && base === hot.base && length === hot.size;
    }
  };
}

// Canvases and rows are drawn anew while the pointer is on them, so it is what they are in that knows when it has left.
function forgetOutside(element, link, inner) {
  element.addEventListener("mouseleave", () => link.point(null));
  element.addEventListener("mousemove", event => { if (!event.target.closest(inner)) link.point(null); });
}

function hotOf(cap, slot) { return {base: cap.base, size: cap.size, slot: cap.bits < 0 ? slot : undefined, at: slot}; }
