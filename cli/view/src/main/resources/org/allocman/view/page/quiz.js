// Questions about the step to come. The wrong answers are mistakes that people make.
function questionFor(model, index) {
  const run = model.run, step = run.steps[index];
  if (!step) return null;
  const a = step.arguments || {};
  if (step.error) {
    return shuffled(index, "What will the kernel answer to: " + stepText(step, run) + "?", step.error,
      ["NoError: it does what it was told", "InvalidCapability", "NotEnoughMemory", "DeleteFirst: the slot is not empty", "FailedLookup", "RevokeFirst"].filter(e => !step.error.startsWith(e.split(":")[0])).slice(0, 3));
  }
  if (step.kind === "retype") {
    const slot = model.resolve(a.untyped);
    const untyped = model.state.entries.get(slot);
    if (!untyped) return null;
    const after = (step.slots || []).map(([s, , now]) => s === slot && now >= 0 ? model.named[now] : null).find(Boolean);
    const first = (step.slots || []).filter(([, old, now]) => old < 0 && now >= 0).map(([, , now]) => model.named[now].base).sort((x, y) => x - y)[0];
    if (after && index % 2 === 0) {
      const truth = after.free;
      const wrong = [untyped.free, truth - 2 ** a.bits, truth + 2 ** a.bits, a.count * 2 ** a.bits, untyped.size].filter(w => w >= 0 && w <= untyped.size);
      return shuffled(index, "Where will the watermark of the untyped at " + hex(untyped.base) + " be after: " + stepText(step, run) + "? It is at " + size(untyped.free) + " now.", size(truth), unique(wrong.map(size), size(truth)).slice(0, 3));
    }
    if (first !== undefined) {
      const wrong = [untyped.base, untyped.base + untyped.free, first + 2 ** a.bits, first - 2 ** a.bits, untyped.base + untyped.size - 2 ** a.bits, untyped.base + untyped.size].filter(w => w >= 0);
      return shuffled(index, "At which address will it be? " + stepText(step, run) + ", from the " + nameOf(untyped) + " (" + detailOf(untyped) + ").", hex(first), unique(wrong.map(hex), hex(first)).slice(0, 3));
    }
  }
  if (step.kind === "revoke" || step.kind === "delete") {
    const gone = (step.slots || []).filter(([, old, now]) => old >= 0 && now < 0).length;
    return shuffled(index, "How many capabilities go away? " + stepText(step, run) + ".", String(gone), unique([gone + 1, gone + 2, Math.max(0, gone - 1), 0, 2 * gone + 1].map(String), String(gone)).slice(0, 3));
  }
  if (step.kind === "page map" || step.kind === "table map") {
    return shuffled(index, "What will the kernel answer to: " + stepText(step, run) + "?", "NoError: it does what it was told", ["FailedLookup: a paging structure is missing", "DeleteFirst: something is mapped there", "InvalidCapability: it is mapped elsewhere"]);
  }
  return null;
}

function unique(list, truth) { return [...new Set(list)].filter(x => x !== truth); }

function shuffled(seed, question, truth, wrong) {
  const all = [truth, ...wrong];
  let state = seed * 2654435761 >>> 0 || 1;
  for (let i = all.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [all[i], all[j]] = [all[j], all[i]];
  }
  return {question, truth, choices: all};
}
