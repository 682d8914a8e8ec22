package org.allocman.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.allocman.check.manager.ManagerInvariants;
import org.allocman.cspace.CSpace;
import org.allocman.cspace.CSpaceGeometry;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.manager.GrowthListener;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.KernelState;
import org.allocman.sim.kernel.Slots;
import org.allocman.sim.kernel.TcbLayout;
import org.allocman.untyped.UntypedDesign;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.vka.Architecture;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** A small board with a manager, on which children are opened, and the laws of all of them. */
final class ChildMachine {
    final Machine machine;
    final Kernel kernel;
    final Allocman parent;
    final Vka vka;
    private long pools;

    ChildMachine(
            Architecture architecture, UntypedDesign design, CSpaceGeometry geometry, UnaryOperator<Kernel> wrapper) {
        Region ram = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 2 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        Board board = new Board("small", architecture, List.of(ram, device), List.of());
        ManagedMachine.Pools sizes = new ManagedMachine.Pools(-1, 1 << 18, design).withCSpace(geometry);
        try {
            machine = ManagedMachine.boot(board, sizes);
        } catch (BootFailure failure) {
            throw new AssertionError(failure);
        }
        kernel = wrapper.apply(machine.kernel());
        parent = ManagedMachine.manage(machine, sizes, same -> kernel, GrowthListener.NONE)
                .get()
                .allocman();
        vka = new AllocmanVka(parent);
        pools = machine.freeVirtualBase() + (8L << 20);
    }

    static ChildMachine of(Architecture architecture) {
        return new ChildMachine(architecture, UntypedDesigns.ARENA, CSpaceGeometry.CURRENT, same -> same);
    }

    /** Options for one more child of the root task's manager. */
    ChildOptions options() {
        pools += 4L << 20;
        return ChildOptions.below(parent, ledger(parent), pools);
    }

    /** Options for a child of a child. */
    ChildOptions options(ChildManager below) {
        pools += 4L << 20;
        return below.optionsBelow(ledger(below.allocman()), pools);
    }

    static long ledger(Allocman of) {
        long ledger = of.memory().allocate(ChildOptions.USUAL_LEDGER);
        if (ledger < 0) {
            throw new AssertionError("no ledger: " + ledger);
        }
        return ledger;
    }

    ChildManager open(ChildOptions options) {
        return ChildManager.open(vka, kernel, machine.rootMemory(), options)
                .getOrElseThrow(why -> new AssertionError(why));
    }

    ChildManager open(ChildManager below, ChildOptions options) {
        return ChildManager.open(below.vka(), kernel, machine.rootMemory(), options)
                .getOrElseThrow(why -> new AssertionError(why));
    }

    /** What is broken: in the root task's manager, in its child, in the child of that and so on, and between ledgers and parents. */
    List<String> check(ChildManager... chain) {
        Slots slots = new Slots(machine.memory().words(), kernel.architecture());
        long tcb = KernelState.thread(machine.memory().words(), machine.kernelState());
        long cnode = slots.object(slots.at(tcb, TcbLayout.CSPACE));
        List<String> broken = new ArrayList<>(new ManagerInvariants(parent, slots, cnode).check());
        Allocman above = parent;
        Vka face = vka;
        for (ChildManager child : chain) {
            broken.addAll(new ManagerInvariants(child.allocman(), slots, cnode).check());
            broken.addAll(ledgerAgrees(child, above, face));
            above = child.allocman();
            face = child.vka();
        }
        return broken;
    }

    /** Each object of a ledger is live with the parent and each slot taken there; each untyped is managed by the child. */
    private List<String> ledgerAgrees(ChildManager child, Allocman above, Vka face) {
        List<String> broken = new ArrayList<>();
        Ledger ledger = child.ledger();
        for (int i = 0; i < ledger.capacity(); i++) {
            switch (ledger.kind(i)) {
                case Ledger.NONE -> {}
                case Ledger.SLOTS -> {
                    for (int bit = 0; bit < 64; bit++) {
                        long slot = ledger.slotWord(i) * 64 + bit;
                        if ((ledger.slotMask(i) >>> bit & 1) != 0
                                && !above.slots().cspace().isTaken(slot)) {
                            broken.add("slot " + slot + " of the ledger is not taken from the parent");
                        }
                    }
                }
                default -> {
                    VkaObject object = ledger.object(i);
                    if (face.physicalAddress(object).isLeft()) {
                        broken.add("the " + object + " of the ledger is not live with the parent");
                    }
                    boolean managed = ledger.kind(i) != Ledger.UNTYPED
                            || child.allocman().untypeds().roots().kindAt(ledger.paddr(i)) != null;
                    if (!managed) {
                        broken.add("the " + object + " of the ledger is not managed by the child");
                    }
                }
            }
        }
        return broken;
    }

    /** Asserts that nothing is left of children that were closed, and returns their ledgers. */
    void isWholeAgain(ChildOptions... ledgers) {
        for (ChildOptions options : ledgers) {
            assertEquals(0, parent.memory().free(options.ledger(), ChildOptions.USUAL_LEDGER));
        }
        isWhole("after the children");
    }

    /** Asserts that nobody has anything of the root task's manager. */
    void isWhole(String when) {
        parent.trim();
        assertEquals(List.of(), check(), when);
        for (int i = 0; i < parent.untypeds().roots().count(); i++) {
            assertTrue(parent.untypeds().roots().isWhole(i), when);
        }
        CSpace slots = parent.slots().cspace();
        assertEquals(0, LongStream.range(1, slots.end()).filter(slots::isTaken).count(), when);
    }

    /** Makes so many objects of several kinds, or as many as can be had. */
    static List<VkaObject> work(Vka vka, int count) {
        List<VkaObject> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Either<VkaError, VkaObject> object = switch (i % 4) {
                case 0 -> vka.endpoint();
                case 1 -> vka.untyped(10);
                case 2 -> vka.smallPage();
                default -> vka.cnode(4);
            };
            object.forEach(made::add);
        }
        return made;
    }
}
