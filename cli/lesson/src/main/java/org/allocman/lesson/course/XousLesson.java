package org.allocman.lesson.course;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.XousMachine;
import org.allocman.lesson.Finding;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.lesson.TwoProcesses;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Boards;
import org.allocman.sim.boot.BootFailure;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.paging.Mappings;
import org.allocman.sim.memory.Walk;
import org.allocman.vka.Kernel;
import org.allocman.vka.VkaException;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.xous.Pid;
import org.allocman.xous.TableForm;
import org.allocman.xous.process.Flags;
import org.allocman.xous.process.XousSystem;

/** Whose a page is in Xous: the whitelist, claiming, lending, moving. */
final class XousLesson extends Lesson<TwoProcesses> {
    private static final String BOARD = "precursor";
    private static final long SCREEN = 0xb000_0000L;
    private static final long LETTER = 0x6000_0000L;
    private static final long GIFT = LETTER + PAGE;
    private static final int READ_WRITE = Flags.READ | Flags.WRITE;

    XousLesson() {
        super("xous", TwoProcesses.class);
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.JAVA);
    }

    /** A machine with Xous on it, and nothing else. */
    static XousMachine boot(UnaryOperator<Kernel> wrapper) {
        Board board = Boards.byName(BOARD);
        try {
            Machine machine = XousMachine.boot(board);
            return XousMachine.start(
                            machine, XousMachine.whitelist(board, XousMachine.ranges(board)), TableForm.ARRAY, wrapper)
                    .getOrElseThrow(VkaException::new);
        } catch (BootFailure | ArgumentsException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Stage<TwoProcesses> start(UnaryOperator<Kernel> wrapper) {
        XousMachine machine = boot(wrapper);
        XousSystem xous = machine.system();
        int writer = must(xous.spawn());
        int reader = must(xous.spawn());
        must(xous.mapMemory(writer, 0, LETTER, 2L * PAGE, READ_WRITE));
        long letter = must(xous.touch(writer, LETTER));
        long gift = must(xous.touch(writer, GIFT));
        machine.memoryOf(writer).store64(LETTER, 0, 1);
        machine.memoryOf(writer).store64(GIFT, 0, 2);
        return new XousStage(machine, new TwoProcesses(xous, writer, reader, LETTER, GIFT, SCREEN), letter, gift);
    }

    private static <T> T must(io.vavr.control.Either<org.allocman.xous.XousError, T> answer) {
        return answer.getOrElseThrow(error -> new IllegalStateException("the lesson's own call was refused: " + error));
    }

    private final class XousStage implements Stage<TwoProcesses> {
        private final XousMachine machine;
        private final TwoProcesses desk;
        private final @PhysAddr long letter;
        private final @PhysAddr long gift;

        XousStage(XousMachine machine, TwoProcesses desk, @PhysAddr long letter, @PhysAddr long gift) {
            this.machine = machine;
            this.desk = desk;
            this.letter = letter;
            this.gift = gift;
        }

        @Override
        public TwoProcesses desk() {
            return desk;
        }

        @Override
        public List<Fact> facts() {
            return List.of(
                    new Fact("board", BOARD + ", 16 MiB of RAM at 0x40000000"),
                    new Fact("display", "at " + Look.hex(SCREEN) + ", in the whitelist, nobody's"),
                    new Fact(
                            "writer",
                            "PID " + desk.writer() + ", has the letter at " + Look.hex(LETTER) + " and the gift at "
                                    + Look.hex(GIFT)),
                    new Fact("reader", "PID " + desk.reader() + ", has nothing yet"));
        }

        @Override
        public Machine machine() {
            return machine.managed().machine();
        }

        @Override
        public List<Finding> check() {
            Findings found = new Findings(name());
            screen(found);
            letter(found);
            gift(found);
            return found.list();
        }

        private void screen(Findings found) {
            int owner = owner(SCREEN);
            if (owner == Pid.FREE) {
                found.add(
                        "unclaimed",
                        "The display's page is still nobody's.",
                        "A page is claimed by mapping it: mapMemory with the physical address.");
            } else if (owner != desk.writer()) {
                found.add(
                        "claimed",
                        "The display's page belongs to PID " + owner + "; wanted is PID " + desk.writer() + ".",
                        "A call claims pages for the process in whose name it is made. Nobody else can then have them.");
            }
        }

        private void letter(Findings found) {
            int owner = owner(letter);
            List<Long> seen = seenBy(desk.reader(), letter);
            if (owner != desk.writer()) {
                found.add(
                        "moved",
                        owner == desk.reader()
                                ? "The letter belongs to the reader now."
                                : "The letter does not belong to the writer any more.",
                        "Who moves a page gives it away for good. Who lends it stays the owner, and gets it back.");
            } else if (seen.isEmpty()) {
                found.add(
                        "not-lent",
                        "The reader does not see the letter.",
                        "Lend it, and do not return it: the task asks for the moment at which the reader has it.");
            } else if (isWritable(desk.reader(), seen.get(0))) {
                found.add(
                        "writable",
                        "The reader has the letter at " + Look.hex(seen.get(0)) + ", and may write to it.",
                        "A lend is mutable or not. What is lent to be read only, the borrower cannot change.");
            }
        }

        private void gift(Findings found) {
            int owner = owner(gift);
            if (owner == desk.reader()) {
                return;
            }
            boolean isLent =
                    owner == desk.writer() && !seenBy(desk.reader(), gift).isEmpty();
            found.add(
                    isLent ? "gift-lent" : "gift",
                    isLent
                            ? "The gift is only lent: it still belongs to the writer."
                            : owner == desk.writer()
                                    ? "The gift still belongs to the writer."
                                    : "The gift was given up.",
                    isLent
                            ? "A lend changes who sees a page, not whose it is."
                            : "A move gives a page, with what is in it, to another process.");
        }

        private int owner(@PhysAddr long address) {
            return desk.xous().allocations().owner(desk.xous().allocations().find(address));
        }

        private boolean isWritable(int pid, long address) {
            return (machine.space(pid).translate(address) & Walk.WRITABLE) != 0;
        }

        /** Where a process sees a page. */
        private List<Long> seenBy(int pid, @PhysAddr long page) {
            List<Long> seen = new ArrayList<>();
            if (!desk.xous().isRunning(pid)) {
                return seen;
            }
            long wanted = desk.xous().rootTable(pid).get();
            Machine board = machine.managed().machine();
            new Mappings(board.memory().words(), board.board().architecture(), board.kernelState())
                    .visit(new Mappings.Visitor() {
                        private boolean isHis;

                        @Override
                        public void pool(int base, long pool) {}

                        @Override
                        public void root(int asid, long root) {
                            isHis = root == wanted;
                        }

                        @Override
                        public void table(int asid, long vaddr, long table) {}

                        @Override
                        public void frame(int asid, long vaddr, long frame, int sizeBits) {
                            if (isHis && frame == page) {
                                seen.add(vaddr);
                            }
                        }
                    });
            return seen;
        }
    }
}
