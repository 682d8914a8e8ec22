package org.allocman.check.contract;

import io.vavr.control.Either;
import org.allocman.qual.CPtr;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootInfo;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Untyped;
import org.allocman.wire.TracedKernel;
import org.checkerframework.checker.nullness.qual.Nullable;

/** A kernel, its empty slots by short numbers, and an untyped of 2^13 bytes in the first of them. */
public final class KernelRig {
    /** How large the untyped in slot 0 is, in bits. */
    static final int LARGE = 13;

    /** How many slots there are. */
    static final int SLOTS = 24;

    private static final long ROOT = BootSlots.CNODE;
    private static final int LINES = 12;
    // the last slots are for looking, and for what is made on the way
    private static final int LOOK = SLOTS - 1;
    private static final int FIRST_MADE = 14;

    private final Kernel unseen;
    final TracedKernel kernel;
    final Architecture architecture;
    final int depth;
    final BootInfo bootInfo;
    final @Nullable RootSpace space;
    final long seed;
    private final long first;
    private final Untyped source;
    private int made = FIRST_MADE;

    KernelRig(KernelUnderTest subject, long seed) {
        unseen = subject.kernel();
        kernel = new TracedKernel(subject.kernel(), LINES);
        bootInfo = subject.bootInfo();
        space = subject.space();
        architecture = subject.kernel().architecture();
        depth = architecture.wordBits();
        first = bootInfo.empty().start();
        this.seed = seed;
        if (bootInfo.empty().size() < SLOTS) {
            throw new RuleBroken("a kernel under test has " + SLOTS + " empty slots, not "
                    + bootInfo.empty().size());
        }
        source = bootInfo.untypeds().stream()
                .filter(untyped -> !untyped.device() && untyped.sizeBits() >= LARGE + 2)
                .findFirst()
                .orElseThrow(() -> new RuleBroken("a kernel under test has a normal untyped of 2^15 bytes"));
    }

    /** Makes the untyped in slot 0; every rule begins so. */
    KernelRig started() {
        ok(retype(source.slot(), ObjectType.UNTYPED, LARGE, slot(0), 1));
        return this;
    }

    /** The untyped of the boot that slot 0 is made of. */
    Untyped source() {
        return source;
    }

    @CPtr
    long slot(int number) {
        return first + number;
    }

    CapPath path(int number) {
        return at(slot(number));
    }

    CapPath at(@CPtr long slot) {
        return new CapPath(ROOT, slot, depth);
    }

    KernelError retype(@CPtr long untyped, ObjectType type, int size, @CPtr long to, int count) {
        return kernel.retype(untyped, architecture.number(type), size, ROOT, 0, 0, to, count);
    }

    /** From the untyped in slot 0 into a slot. */
    KernelError make(ObjectType type, int size, int to) {
        return retype(slot(0), type, size, slot(to), 1);
    }

    KernelError copy(int to, int from) {
        return copy(to, from, CapRights.ALL);
    }

    KernelError copy(int to, int from, CapRights rights) {
        return kernel.copy(path(to), path(from), rights);
    }

    KernelError mint(int to, int from, long badge) {
        return kernel.mint(path(to), path(from), CapRights.ALL, badge);
    }

    KernelError move(int to, int from) {
        return kernel.move(path(to), path(from));
    }

    KernelError delete(int at) {
        return kernel.delete(ROOT, slot(at), depth);
    }

    KernelError revoke(int at) {
        return kernel.revoke(ROOT, slot(at), depth);
    }

    int endpoint() {
        return architecture.number(ObjectType.ENDPOINT);
    }

    /**
     * A slot is empty if nothing can be moved out of it; what was moved is moved back. Of a kernel that moves nothing, a slot
     * is empty if something can be made into it.
     */
    boolean isEmpty(int at) {
        // what is done to look is not among the invocations that are told
        KernelError error = unseen.move(path(LOOK), path(at));
        if (error.code() == KernelError.Code.ILLEGAL_OPERATION) {
            KernelError made = retype(source.slot(), ObjectType.ENDPOINT, 0, slot(at), 1);
            if (made.failed()) {
                expect(KernelError.Code.DELETE_FIRST, made, "an endpoint is made into a slot");
                return false;
            }
            ok(delete(at));
            return true;
        }
        if (error.failed()) {
            expect(missing(true, depth), error, "an empty slot is looked at");
            return true;
        }
        ok(unseen.move(path(at), path(LOOK)), "what was moved out of slot " + slot(at) + " to look is moved back");
        return false;
    }

    /** Makes an object of memory that no other rule's object lies in, in a slot of its own. */
    @CPtr
    long made(ObjectType type) {
        long slot = slot(made);
        if (made == LOOK) {
            throw new RuleLeftOut("there are too few slots");
        }
        made++;
        KernelError error = retype(slot(0), type, 0, slot, 1);
        if (error.code() == KernelError.Code.NOT_ENOUGH_MEMORY) {
            error = retype(source.slot(), type, 0, slot, 1);
        }
        if (error.code() == KernelError.Code.NOT_ENOUGH_MEMORY) {
            throw new RuleLeftOut("there is too little memory for what this architecture needs");
        }
        ok(error);
        return slot;
    }

    static KernelError missing(boolean source, int bitsLeft) {
        return KernelError.failedLookup(source, LookupFault.missingCapability(bitsLeft));
    }

    void ok(KernelError error) {
        expect(KernelError.NO_ERROR, error, "this is carried out");
    }

    void ok(KernelError error, String why) {
        expect(KernelError.NO_ERROR, error, why);
    }

    void expect(KernelError wanted, KernelError error, String why) {
        if (!wanted.equals(error)) {
            throw new RuleBroken(text(error) + " was returned where " + text(wanted) + " is wanted: " + why);
        }
    }

    void expect(KernelError.Code wanted, KernelError error, String why) {
        if (wanted != error.code()) {
            throw new RuleBroken(text(error) + " was returned where " + wanted.text() + " is wanted: " + why);
        }
    }

    void refused(KernelError error, String why) {
        if (!error.failed()) {
            throw new RuleBroken("it was carried out where it has to be refused: " + why);
        }
    }

    void isTrue(boolean holds, String what) {
        if (!holds) {
            throw new RuleBroken("this does not hold: " + what);
        }
    }

    <T> T got(Either<KernelError, T> answer, String why) {
        if (answer.isLeft()) {
            throw new RuleBroken(text(answer.getLeft()) + " was returned where a value is wanted: " + why);
        }
        return answer.get();
    }

    private static String text(KernelError error) {
        return error.failed() ? error.toString() : "success";
    }
}
