package org.allocman.lab.kernel;

import java.util.Objects;
import org.allocman.qual.CPtr;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityLookup;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;
import org.allocman.vka.wrap.ForwardingKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A kernel under judgement: after each invocation that it says it has done, what it made of capabilities has to be what the
 * manual says. A copy has the rights of its source that were asked for and no others; a badge is given once; what moves stays as it
 * was; marks and places in the derivation list are those of a copy, of a new badge, of a new object; and capabilities that
 * were not meant stay as they were. A law about single states cannot see this: a kernel that does not mask rights makes a
 * state that could have come about rightly.
 */
public final class CapabilityJudge extends ForwardingKernel {
    private static final long NONE = -1;

    /** 32-bit data have room for a guard of this many bits, however many are said to be used. */
    private static final int NARROW_GUARD_BITS = 18;

    private final Architecture architecture;
    private final Slots slots;
    private final CapabilityLookup lookup;
    private final long wordMask;
    private final long badgeMask;
    private final @CPtr long first;
    private final WatchedSlots watched;
    private @Nullable String wrong;

    /**
     * Judges a kernel.
     *
     * @param kernel the kernel
     * @param memory its memory
     * @param state physical address of the kernel's page
     * @param first the first slot of the root CNode that is watched
     * @param count how many slots of it are
     */
    public CapabilityJudge(Kernel kernel, PhysicalMemory memory, @PhysAddr long state, @CPtr long first, int count) {
        super(kernel);
        this.architecture = kernel.architecture();
        this.slots = new Slots(memory.words(), architecture);
        this.lookup = new CapabilityLookup(memory.words(), architecture, slots, state);
        this.wordMask = -1L >>> Long.SIZE - architecture.wordBits();
        this.badgeMask = architecture.wordBits() == Long.SIZE ? -1L : (1L << 28) - 1;
        this.first = first;
        this.watched = new WatchedSlots(slots, count);
    }

    /**
     * What was wrong with the last invocations.
     *
     * @return the rule that was broken first since this was asked last, with its name in front; null if none was
     */
    public @Nullable String wrong() {
        String found = wrong;
        wrong = null;
        return found;
    }

    private void expect(boolean holds, String rule) {
        if (!holds && wrong == null) {
            wrong = rule;
        }
    }

    @Override
    protected @Nullable KernelError refuse(InvocationKind invocation) {
        long start = watchedStart();
        for (int i = 0; i < watched.count(); i++) {
            watched.take(i, at(start, i));
        }
        return null;
    }

    /** Where the first watched slot is; negative if the thread has lost its CSpace. */
    private @PhysAddr long watchedStart() {
        long root = lookup.root();
        boolean isLost = root < 0
                || slots.type(root) != CapabilityType.CNODE
                || first + watched.count() > 1L << slots.cnode().radix(root);
        return isLost ? NONE : slots.at(slots.object(root), first);
    }

    private @PhysAddr long at(@PhysAddr long start, int number) {
        return start < 0 ? NONE : slots.at(start, number);
    }

    @Override
    protected KernelError answered(InvocationKind invocation, KernelError answer) {
        switch (invocation) {
            case COPY, MINT, MOVE, MUTATE, ROTATE -> {
                // judged where it is known which slots are meant
                return answer;
            }
            default -> othersStay(invocation.toString(), NONE, NONE, NONE);
        }
        return answer;
    }

    /** A capability that is still to the same object says the same as before, but in the slots that were meant. */
    private void othersStay(String what, @PhysAddr long one, @PhysAddr long other, @PhysAddr long third) {
        long start = watchedStart();
        for (int i = 0; i < watched.count(); i++) {
            long slot = at(start, i);
            if (watched.hasChanged(i, slot) && slot != one && slot != other && slot != third) {
                expect(
                        false,
                        "badges and rights: " + what + " makes slot " + (first + i) + ", " + watched.earlier(i) + ", "
                                + at(slot));
            }
        }
    }

    private @Nullable HeldCapability at(@PhysAddr long slot) {
        return slot < 0 ? null : HeldCapability.of(slots, architecture, slot);
    }

    private @PhysAddr long place(CapPath path) {
        return place(path.root(), path.index(), path.depth());
    }

    private @PhysAddr long place(@CPtr long root, long index, int depth) {
        long slot = lookup.slot(root & wordMask);
        return slot < 0 ? -1 : lookup.place(slot, index & wordMask, depth & wordMask);
    }

    @Override
    public KernelError copy(CapPath to, CapPath from, CapRights rights) {
        long target = place(to);
        long origin = place(from);
        HeldCapability source = at(origin);
        KernelError answer = super.copy(to, from, rights);
        if (!answer.failed()) {
            judgeCopy(
                    "copy",
                    origin,
                    target,
                    source,
                    source == null ? null : source.withRights(source.masked(rights.bits())));
        }
        return answer;
    }

    @Override
    public KernelError mint(CapPath to, CapPath from, CapRights rights, long badge) {
        long target = place(to);
        long origin = place(from);
        HeldCapability source = at(origin);
        KernelError answer = super.mint(to, from, rights, badge);
        if (!answer.failed()) {
            expect(
                    source == null || !source.canHaveBadge() || source.badge() == 0,
                    "badge: " + source + " had one, and was minted with " + badge);
            judgeCopy(
                    "mint",
                    origin,
                    target,
                    source,
                    source == null ? null : withData(source.withRights(source.masked(rights.bits())), badge));
        }
        return answer;
    }

    /** A capability with the badge or guard that data say. */
    private HeldCapability withData(HeldCapability capability, long data) {
        long word = data & wordMask;
        if (capability.canHaveBadge()) {
            return capability.withBadge(word & badgeMask);
        }
        if (capability.type() != CapabilityType.CNODE) {
            return capability;
        }
        boolean wide = architecture.wordBits() == Long.SIZE;
        int bits = (int) (wide ? word & 63 : word >>> 3 & 31);
        int kept = wide ? bits : Math.min(bits, NARROW_GUARD_BITS);
        long guard = word >>> (wide ? 6 : 8) & (1L << kept) - 1;
        return capability.withGuard(bits, guard);
    }

    private void judgeCopy(
            String what, long from, long to, @Nullable HeldCapability source, @Nullable HeldCapability expected) {
        HeldCapability copy = at(to);
        if (source == null || expected == null || copy == null) {
            expect(false, what + ": it is said to be done, from " + source + " to " + copy);
            return;
        }
        boolean marks =
                source.type() == CapabilityType.UNTYPED || source.canHaveBadge() && expected.badge() != source.badge();
        HeldCapability marked = expected.withMarks(marks);
        expect((copy.rights() & ~expected.rights()) == 0, "rights: a " + what + " of " + source + " is " + copy);
        expect(copy.equals(marked), what + ": of " + source + " it is " + copy + ", not " + marked);
        HeldCapability now = at(from);
        expect(Objects.equals(source, now), what + ": its source was " + source + " and is " + now);
        expect(
                slots.mdb().next(from) == to && slots.mdb().previous(to) == from,
                what + ": it does not stand behind its source in the derivation list");
        othersStay(what, from, to, NONE);
    }

    @Override
    public KernelError move(CapPath to, CapPath from) {
        long target = place(to);
        long origin = place(from);
        HeldCapability source = at(origin);
        KernelError answer = super.move(to, from);
        if (!answer.failed()) {
            judgeMove("move", origin, target, source, source);
        }
        return answer;
    }

    @Override
    public KernelError mutate(CapPath to, CapPath from, long badge) {
        long target = place(to);
        long origin = place(from);
        HeldCapability source = at(origin);
        KernelError answer = super.mutate(to, from, badge);
        if (!answer.failed()) {
            expect(source == null || !source.canHaveBadge(), "badge: " + source + " was mutated with " + badge);
            judgeMove("mutate", origin, target, source, source == null ? null : withData(source, badge));
        }
        return answer;
    }

    private void judgeMove(
            String what, long from, long to, @Nullable HeldCapability source, @Nullable HeldCapability expected) {
        HeldCapability moved = at(to);
        expect(
                source != null && moved != null && Objects.equals(moved, expected),
                what + ": of " + source + " it is " + moved + ", not " + expected);
        HeldCapability left = at(from);
        expect(left == null, what + ": " + left + " is still there");
        othersStay(what, from, to, NONE);
    }

    @Override
    public KernelError rotate(CapPath to, long toBadge, CapPath pivot, long pivotBadge, CapPath from) {
        long target = place(to);
        long between = place(pivot);
        long origin = place(from);
        HeldCapability turned = at(between);
        HeldCapability source = at(origin);
        KernelError answer = super.rotate(to, toBadge, pivot, pivotBadge, from);
        if (!answer.failed()) {
            boolean allowed = turned != null && source != null && !turned.canHaveBadge() && !source.canHaveBadge();
            expect(allowed, "badge: " + turned + " and " + source + " were rotated");
            if (turned != null && source != null) {
                expect(
                        Objects.equals(withData(turned, toBadge), at(target))
                                && Objects.equals(withData(source, pivotBadge), at(between)),
                        "rotate: of " + turned + " and " + source + " they are " + at(target) + " and " + at(between));
            }
            othersStay("rotate", origin, target, between);
        }
        return answer;
    }

    @Override
    public KernelError retype(
            long untyped,
            int type,
            int sizeBits,
            long root,
            long nodeIndex,
            int nodeDepth,
            long nodeOffset,
            int count) {
        long node = nodeDepth == 0 ? lookup.slot(root & wordMask) : place(root, nodeIndex, nodeDepth);
        KernelError answer = super.retype(untyped, type, sizeBits, root, nodeIndex, nodeDepth, nodeOffset, count);
        ObjectType made = architecture.type(type);
        if (!answer.failed() && node >= 0 && made != null) {
            for (int i = 0; i < count; i++) {
                judgeNew(made, at(slots.at(slots.object(node), nodeOffset + i)));
            }
        }
        return answer;
    }

    private void judgeNew(ObjectType type, @Nullable HeldCapability found) {
        int rights = switch (type.kind()) {
            case ENDPOINT -> CapRights.ALL.bits();
            case NOTIFICATION -> CapRights.READ_WRITE.bits();
            case FRAME -> CapRights.READ_WRITE.bits();
            default -> 0;
        };
        expect(
                found != null
                        && found.rights() == rights
                        && found.badge() == 0
                        && found.guardBits() == 0
                        && found.revocable()
                        && found.firstBadged(),
                "retype: a new " + type.text() + " is " + found);
    }
}
