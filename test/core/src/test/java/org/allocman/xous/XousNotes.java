package org.allocman.xous;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.allocman.vka.Memory;

/** A model written down in the machine's memory, word by word, so that it goes back with the machine. */
final class XousNotes {
    private static final XousModel.Kind[] KINDS = XousModel.Kind.values();
    private static final int NO_FRAME = -1;

    private final Memory memory;
    private final long address;
    private final long room;
    private final XousRules rules;

    /** Notes in some memory that nobody else uses. */
    XousNotes(Memory memory, long address, long room, XousRules rules) {
        this.rules = rules;
        this.memory = memory;
        this.address = address;
        this.room = room;
    }

    private final class Words {
        private long at = address;

        long next() {
            at += Long.BYTES;
            return memory.load64(at - Long.BYTES, 0);
        }

        void put(long word) {
            if (at + Long.BYTES > address + room) {
                throw new IllegalStateException("the notes have no room for that");
            }
            memory.store64(at, 0, word);
            at += Long.BYTES;
        }
    }

    XousModel read() {
        Words words = new Words();
        words.next();
        List<long[]> areas = new ArrayList<>();
        for (long left = words.next(); left > 0; left--) {
            areas.add(new long[] {words.next(), words.next()});
        }
        XousModel model = new XousModel(areas, rules);
        for (long left = words.next(); left > 0; left--) {
            model.deviceWords.put(words.next(), words.next());
        }
        for (int i = 0; i < XousModel.INTERRUPTS; i++) {
            model.interrupts[i] = (int) words.next();
        }
        List<XousModel.Frame> frames = new ArrayList<>();
        for (long left = words.next(); left > 0; left--) {
            XousModel.Frame frame = new XousModel.Frame(words.next(), (int) words.next(), words.next());
            frame.lent = words.next() != 0;
            frames.add(frame);
        }
        for (long left = words.next(); left > 0; left--) {
            XousModel.Process process = new XousModel.Process();
            model.processes.put((int) words.next(), process);
            readProcess(words, process, frames);
        }
        for (long left = words.next(); left > 0; left--) {
            XousModel.Loan loan = new XousModel.Loan();
            loan.number = (int) words.next();
            loan.from = (int) words.next();
            loan.to = (int) words.next();
            loan.own = words.next();
            loan.there = words.next();
            loan.size = words.next();
            loan.orphan = words.next() != 0;
            model.loans.put(loan.number, loan);
        }
        readCells(words, model.kernel, frames);
        return model;
    }

    private static void readProcess(Words words, XousModel.Process process, List<XousModel.Frame> frames) {
        process.heapSize = words.next();
        process.heapMost = words.next();
        process.lastDefault = words.next();
        process.lastMessage = words.next();
        process.lastThread = (int) words.next();
        long threads = words.next();
        for (int thread = 0; thread < Long.SIZE; thread++) {
            if ((threads >>> thread & 1) != 0) {
                process.threads.add(thread);
            }
        }
        for (long left = words.next(); left > 0; left--) {
            process.tables.add(words.next());
        }
        readCells(words, process.cells, frames);
    }

    private static void readCells(Words words, Map<Long, XousModel.Cell> cells, List<XousModel.Frame> frames) {
        for (long left = words.next(); left > 0; left--) {
            long at = words.next();
            long what = words.next();
            int frame = (int) (what >> 16);
            cells.put(
                    at,
                    new XousModel.Cell(
                            KINDS[(int) (what >>> 8 & 0xff)],
                            (int) (what & 0xff),
                            frame == NO_FRAME ? null : frames.get(frame)));
        }
    }

    void write(XousModel model) {
        long before = memory.load64(address, 0);
        Words words = new Words();
        words.put(0);
        words.put(model.areas.size());
        for (long[] area : model.areas) {
            words.put(area[0]);
            words.put(area[1]);
        }
        words.put(model.deviceWords.size());
        model.deviceWords.forEach((at, word) -> {
            words.put(at);
            words.put(word);
        });
        for (int owner : model.interrupts) {
            words.put(owner);
        }
        Map<XousModel.Frame, Integer> frames = new IdentityHashMap<>();
        List<XousModel.Frame> all = new ArrayList<>();
        List<XousModel.Cell> cells = new ArrayList<>(model.kernel.values());
        model.processes.values().forEach(process -> cells.addAll(process.cells.values()));
        for (XousModel.Cell cell : cells) {
            if (cell.frame != null && frames.putIfAbsent(cell.frame, all.size()) == null) {
                all.add(cell.frame);
            }
        }
        words.put(all.size());
        for (XousModel.Frame frame : all) {
            words.put(frame.address);
            words.put(frame.owner);
            words.put(frame.word);
            words.put(frame.lent ? 1 : 0);
        }
        words.put(model.processes.size());
        model.processes.forEach((pid, process) -> {
            words.put(pid);
            write(words, process, frames);
        });
        words.put(model.loans.size());
        for (XousModel.Loan loan : model.loans.values()) {
            words.put(loan.number);
            words.put(loan.from);
            words.put(loan.to);
            words.put(loan.own);
            words.put(loan.there);
            words.put(loan.size);
            words.put(loan.orphan ? 1 : 0);
        }
        writeCells(words, model.kernel, frames);
        memory.store64(address, 0, words.at);
        if (before > words.at) {
            memory.clear(words.at, before - words.at);
        }
    }

    private static void write(Words words, XousModel.Process process, Map<XousModel.Frame, Integer> frames) {
        words.put(process.heapSize);
        words.put(process.heapMost);
        words.put(process.lastDefault);
        words.put(process.lastMessage);
        words.put(process.lastThread);
        words.put(process.threads.stream().mapToLong(thread -> 1L << thread).sum());
        words.put(process.tables.size());
        process.tables.forEach(words::put);
        writeCells(words, process.cells, frames);
    }

    private static void writeCells(Words words, Map<Long, XousModel.Cell> cells, Map<XousModel.Frame, Integer> frames) {
        words.put(cells.size());
        cells.forEach((at, cell) -> {
            long frame = cell.frame == null ? NO_FRAME : frames.get(cell.frame);
            words.put(at);
            words.put(frame << 16 | (long) cell.kind.ordinal() << 8 | cell.flags);
        });
    }
}
