// Numbers and sentences.
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

function hex(number) { return "0x" + number.toString(16); }

function size(bytes) {
  let unit = 0;
  while (bytes >= 1024 && unit < UNITS.length - 1) { bytes /= 1024; unit++; }
  return (Number.isInteger(bytes) ? bytes : "~" + bytes.toFixed(1)) + " " + UNITS[unit];
}

function many(count, one) { return count.toLocaleString("en") + " " + one + (count === 1 ? "" : "s"); }

function nameOf(cap) {
  const device = cap.flags & DEVICE ? "device " : "";
  if (cap.bits < 0) return cap.type;
  return device + cap.type + " of " + size(cap.size) + " at " + hex(cap.base);
}

function detailOf(cap) {
  if (cap.type === UNTYPED) return "watermark at " + size(cap.free) + ", " + size(cap.size - cap.free) + " left";
  if (cap.type === "CNode") return many(2 ** cap.radix, "slot") + ", guard of " + many(cap.guardBits, "bit");
  if (cap.flags & MAPPED) return "mapped at virtual 0x" + cap.detail;
  if ((cap.type === "endpoint" || cap.type === "notification") && cap.detail !== "0") return "badge 0x" + cap.detail;
  return "";
}

function article(type) { return (/^[aeiou]/i.test(type) ? "an " : "a ") + type; }

function operationText(operation) {
  const what = operation.what ? article(operation.what) + " of " + size(2 ** operation.bits) : "";
  switch (operation.kind) {
    case "SET_UP": return "Its books are begun in the static pool";
    case "ALLOCATE": return "A user wants " + what;
    case "ALLOCATE_AT": return "A user wants " + what + " at 0x" + operation.address;
    case "ALLOCATE_MAYBE_DEVICE": return "A user wants " + what + ", device memory will do";
    case "FREE": return "A user gives back " + what + " in slot 0x" + operation.address;
    case "SLOT": return "A user wants or gives back a slot";
    case "GROW": return "The pool wants a page at virtual 0x" + operation.address;
    case "TRIM": return "What was kept for speed alone is given back";
    case "CALL": return operation.what + (operation.answer ? ": " + operation.answer : "");
    case "LINE": return operation.what;
    default: return operation.kind;
  }
}

// What led to a step: the chapter, and the operations it is part of, the outermost first.
function contextText(run, operation, except) {
  const list = [];
  for (let at = operation; at; at = run.operations[at.within]) if (at !== except) list.unshift(operationText(at) + ".");
  return [run.chapters[operation.chapter], ...list].filter(Boolean).join(" ");
}

function slotsText(a) {
  return a.count === 1 ? "slot " + a.offset : "slots " + a.offset + " to " + (a.offset + a.count - 1);
}

// What a step does, in one line.
function stepText(step, run) {
  const a = step.arguments || {};
  switch (step.kind) {
    case "retype":
      return "Retype: " + (a.count === 1 ? article(a.type) : a.count + " × " + a.type) + " of " + size(2 ** a.bits) + " into " + slotsText(a);
    case "revoke": return "Revoke what is derived from slot " + a.slot;
    case "delete": return "Delete slot " + a.slot;
    case "page map": return "Map the frame in slot " + a.slot + " at virtual 0x" + a.vaddr;
    case "page unmap": return "Unmap the frame in slot " + a.slot;
    case "table map": return "Map the paging structure in slot " + a.slot + " for virtual 0x" + a.vaddr;
    case "table unmap": return "Unmap the paging structure in slot " + a.slot;
    case "copy": case "mint": case "move": case "mutate":
      return step.kind[0].toUpperCase() + step.kind.slice(1) + " slot " + a.from + " to slot " + a.to + (a.badge ? " with badge 0x" + a.badge : "");
    case "asid pool assign": return "Give the VSpace in slot " + a.slot + " an ASID";
    case "make asid pool": return "Make an ASID pool into slot " + a.slot;
    case "tcb set space": return "Let the thread use the CSpace whose root is in slot " + a.slot;
    case "call": return operationText(run.operations[step.operation]);
    case "rewind": return "The rest goes back to where it was before the line";
    case "records": return "Book-keeping: " + many((step.words || []).length, "word") + " written";
    default: return step.kind[0].toUpperCase() + step.kind.slice(1);
  }
}

// Why it is done: what was needed, and for what.
function reasonText(run, step, index) {
  const operation = run.operations[step.operation];
  if (!operation) return "";
  const a = step.arguments || {};
  if (step.kind === "rewind") return "A line that is refused changes nothing. What manager and kernel have taken back themselves is in the steps before; this is what they leave when they are refused half-way, such as watermarks.";
  if (step.kind === "call") return (step.cells || []).length ? many(step.cells.length, run.cells.piece) + " changed hands." : "";
  const asked = operation.kind.startsWith("ALLOCATE");
  const undo = undoes(run, index);
  if (undo) return "The invocation before was refused. This takes back what had been done for it, so that nothing has changed.";
  if (step.kind === "retype" && operation.kind === "GROW") {
    if (a.type === UNTYPED) return "The pool needs a page, a page is a frame, and a frame needs a block of this size. None was free, so a larger block is cut; the pieces need slots, and their record comes from the reserve.";
    if (/page table|directory|PDPT/i.test(a.type)) return "The look-up stopped where a paging structure is missing. It is an object, too: it needs a block and a slot.";
    return "Records need memory. Memory is a frame, and a frame is an object: it needs a block and a slot, both from the reserve.";
  }
  if (step.kind === "retype" && asked) {
    if (a.type === UNTYPED && !(operation.what === UNTYPED && operation.bits === a.bits && a.count === 1)) {
      return "No block of the right size was free, so a larger one is cut. Each piece is an untyped of its own and needs a slot; which piece is taken is noted in a record.";
    }
    return "This is the object that was asked for. It needed a block to lie in and a slot for its capability.";
  }
  if (isAbove(operation)) return callReason(step);
  if (step.kind === "page map") return step.error ? "It is tried first; the kernel's answer tells which level of the page table is missing." : "Only a mapped frame can hold records: the manager writes at virtual addresses.";
  if (step.kind === "table map") return "Now the look-up gets one level further.";
  if (step.kind === "revoke") {
    if (operation.kind === "FREE") return "Freeing revokes the block's own untyped: the object and every copy of its capability go, whoever holds them. What is empty afterwards is revoked, too, and is whole again.";
    return "All that was made from this block goes; it is whole again.";
  }
  if (step.kind === "records") return operation.kind === "SET_UP" ? "The state page, the bitmaps of slots and a record for each untyped: all of it in the static pool, in the machine's own memory." : "What is free and what is taken is noted in the pools: bits, counters, links.";
  return "";
}

// Whether it is done above the manager: a call of a system, or a line that somebody typed.
function isAbove(operation) { return operation.kind === "CALL" || operation.kind === "LINE"; }

// Why an invocation is made that a call above the manager makes itself.
function callReason(step) {
  switch (step.kind) {
    case "page map": return step.error ? "It is tried first; the kernel's answer tells which level of the page table is missing." : "Now whoever uses that VSpace can reach the page.";
    case "page unmap": return "The page is not to be reached any more.";
    case "table map": return "Now the look-up gets one level further.";
    case "copy": return "One capability for a frame is one mapping; to map the page once more, its capability is copied.";
    case "asid pool assign": return "A VSpace without an ASID can have no mappings.";
    case "make asid pool": return "Every VSpace needs an ASID, and ASIDs come from a pool.";
    case "delete": return "This capability is not needed any more.";
    default: return "";
  }
}

// Whether a step only takes back what an earlier one of the same operation had done before one was refused.
function undoes(run, index) {
  const step = run.steps[index];
  if (step.kind !== "revoke" && step.kind !== "delete" && step.kind !== "page unmap") return false;
  const operation = run.operations[step.operation];
  if (!operation || operation.kind === "FREE" || operation.kind === "TRIM" || isAbove(operation)) return false;
  for (let i = index - 1; i >= 0 && run.steps[i].operation === step.operation; i--) {
    if (run.steps[i].error && run.steps[i].kind !== "page map") return true;
  }
  return false;
}
