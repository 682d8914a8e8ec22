package org.allocman.wire;

import org.allocman.vka.Memory;
import org.allocman.vka.MemoryFault;

/** The root task's memory on the other end of a wire: each load and each store is a request. */
public final class RemoteMemory implements Memory {
    private static final int WORD = 64;
    private static final int HALF = 32;
    private static final long LOW = 0xffff_ffffL;

    private final WireConnection connection;

    /**
     * A memory.
     *
     * @param connection who is asked
     */
    public RemoteMemory(WireConnection connection) {
        this.connection = connection;
    }

    @Override
    public long load64(long record, int offset) {
        return ask("load64 ", WORD + "-bit load", record + offset, "").value(0);
    }

    @Override
    public void store64(long record, int offset, long value) {
        ask("store64 ", WORD + "-bit store", record + offset, " value " + WireNumbers.text(value));
    }

    @Override
    public int load32(long record, int offset) {
        return (int) ask("load32 ", HALF + "-bit load", record + offset, "").value(0);
    }

    @Override
    public void store32(long record, int offset, int value) {
        ask("store32 ", HALF + "-bit store", record + offset, " value " + WireNumbers.text(value & LOW));
    }

    @Override
    public void clear(long address, long bytes) {
        ask("zero ", WORD + "-bit store", address, " bytes " + WireNumbers.text(bytes));
    }

    private WireAnswer ask(String word, String access, long address, String rest) {
        String line = word + WireNumbers.text(address) + rest;
        WireAnswer answer = connection.ask(line);
        if (answer.is(WireError.MEMORY_FAULT)) {
            throw new MemoryFault(reason(answer.word(0)), access, answer.value(1));
        }
        if (!answer.isOk()) {
            throw new WireException("'" + line + "' got no answer of a memory: " + answer.text());
        }
        return answer;
    }

    private static MemoryFault.Reason reason(String name) {
        for (MemoryFault.Reason reason : MemoryFault.Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        throw new WireException("'" + name + "' is no reason of a memory fault");
    }
}
