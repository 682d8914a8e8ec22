package org.allocman.lesson.course;

import static org.allocman.vka.PageSize.PAGE_BITS;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.lesson.Finding;
import org.allocman.lesson.FullMemory;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.Stage;
import org.allocman.manager.Allocman;
import org.allocman.manager.AllocmanVka;
import org.allocman.sim.boot.Machine;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.UntypedDesigns;
import org.allocman.untyped.UntypedStatistics;
import org.allocman.vka.Kernel;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** Free memory that is of no use, because it lies in pieces. */
final class FragmentationLesson extends Lesson<FullMemory> {
    private static final int WANTED_BITS = 16;
    private static final int PAGES = 1 << WANTED_BITS - PAGE_BITS;

    FragmentationLesson() {
        super("fragmentation", FullMemory.class);
    }

    @Override
    public List<Form> forms() {
        return List.of(Form.JAVA);
    }

    @Override
    public Stage<FullMemory> start(UnaryOperator<Kernel> wrapper) {
        ManagedMachine managed = SmallMachine.managed(UntypedDesigns.SPLIT, wrapper);
        Vka vka = new AllocmanVka(managed.allocman());
        return new FullStage(managed, new FullMemory(vka, fill(vka)));
    }

    /** Hands all memory out as pages. */
    static List<VkaObject> fill(Vka vka) {
        List<VkaObject> pages = new ArrayList<>();
        Either<VkaError, VkaObject> page = vka.frame(PAGE_BITS);
        while (page.isRight()) {
            pages.add(page.get());
            page = vka.frame(PAGE_BITS);
        }
        return pages;
    }

    private final class FullStage implements Stage<FullMemory> {
        private final Machine machine;
        private final Allocman allocman;
        private final FullMemory desk;
        private final long ours;

        FullStage(ManagedMachine managed, FullMemory desk) {
            this.machine = managed.machine();
            this.allocman = managed.allocman();
            this.desk = desk;
            this.ours = allocman.untypeds().statistics().liveObjects()
                    - desk.pages().size();
        }

        @Override
        public FullMemory desk() {
            return desk;
        }

        @Override
        public List<Fact> facts() {
            return List.of(
                    new Fact("board", SmallMachine.BOARD + ", 256 KiB of RAM"),
                    new Fact("manager", "split: a block is halved until it has the size that is wanted"),
                    new Fact(
                            "handed out",
                            desk.pages().size() + " pages of 4 KiB, from "
                                    + Look.hex(paddr(desk.pages().get(0))) + " on, not in address order"),
                    new Fact("free", "no block of 4 KiB or more"));
        }

        private long paddr(VkaObject page) {
            return desk.vka().physicalAddress(page).getOrElseThrow(error -> new IllegalStateException(error.message()));
        }

        @Override
        public Machine machine() {
            return machine;
        }

        @Override
        public List<Finding> check() {
            Findings found = new Findings(name());
            UntypedStatistics now = allocman.untypeds().statistics();
            int kept = (int) desk.pages().stream()
                    .filter(page -> desk.vka().physicalAddress(page).isRight())
                    .count();
            int given = desk.pages().size() - kept;
            long others = now.liveObjects() - kept - ours;
            UntypedStatistics.OfKind memory = now.of(MemoryKind.KERNEL);
            String free = "The largest free block has " + (memory.largestFree() < 0 ? 0 : 1L << memory.largestFree())
                    + " bytes.";
            if (given > PAGES) {
                found.add(
                        "too-many",
                        given + " pages were given back; it may be 16, which is 64 KiB exactly.",
                        "Which 16 pages together are 64 KiB in one piece, at a multiple of 64 KiB?");
            } else if (given < PAGES) {
                found.add(
                        "too-few",
                        given + " pages were given back; 16 of 4 KiB are 64 KiB.",
                        "Nothing is free at the start, so the memory has to come from pages.");
            } else if (memory.largestFree() < WANTED_BITS && memory.freeBytes() >= 1 << WANTED_BITS) {
                found.add(
                        "pieces",
                        memory.freeBytes() + " bytes are free, enough for the untyped, but in pieces. " + free,
                        "An object lies in one piece, at a multiple of its size. Ask physicalAddress where each page is, and"
                                + " choose pages with the same address above the lowest 16 bits.");
            } else if (others == 0) {
                found.add(
                        "not-made",
                        "64 KiB are free in one piece, but no untyped was made of them.",
                        "Allocate an untyped of 2^16 bytes at the end.");
            } else if (memory.freeBytes() >= 1 << PAGE_BITS || others != 1) {
                found.add(
                        "size",
                        "Of the 64 KiB " + memory.freeBytes() + " bytes are still free, and there are " + others
                                + " new objects.",
                        "One untyped is wanted, of 2^16 bytes.");
            }
            return found.list();
        }
    }
}
