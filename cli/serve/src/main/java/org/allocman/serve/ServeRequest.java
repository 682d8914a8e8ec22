package org.allocman.serve;

import java.util.List;
import java.util.Locale;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What can be asked of a server beside the commands of scripts. */
public enum ServeRequest {
    /** Who is there. */
    HELLO("hello [PROTOCOL]", "tells the protocol, 1, and who speaks it"),
    /** A new machine. */
    BOOT("boot [BOARD] [as ARCHITECTURE] [bare|managed]", "gives up the machine there is, and boots another one"),
    /** The boot info without its untypeds. */
    BOOT_INFO("boot-info", "tells what the root task was given: words, each with one or two numbers behind it"),
    /** An untyped of the boot info. */
    BOOT_UNTYPED("boot-untyped N", "tells slot, physical address, size in bits, and whether it is device memory"),
    /** Texts for people. */
    REMARKS("remarks on|off", "whether an `ok` has a remark behind it"),
    /** Back. */
    UNDO("undo [N]", "undoes the last commands, 1 if it is not said; tells how many"),
    /** Forth. */
    REDO("redo [N]", "does again what was undone"),
    /** A moment to go back to. */
    CHECKPOINT("checkpoint", "tells a number to `rewind` to"),
    /** Back to a moment. */
    REWIND("rewind N", "undoes everything since that checkpoint"),
    /** The whole state in a word. */
    FINGERPRINT("fingerprint", "tells 128 bits that stand for the whole memory"),
    /** Invariants. */
    CHECK("check", "checks every invariant; tells how many are broken, the remark says which"),
    /** The end. */
    BYE("bye", "ends the connection");

    private final String form;
    private final String meaning;

    ServeRequest(String form, String meaning) {
        this.form = form;
        this.meaning = meaning;
    }

    /**
     * How it is written.
     *
     * @return for instance {@code undo [N]}
     */
    public String form() {
        return form;
    }

    /**
     * What it does.
     *
     * @return a phrase for people
     */
    public String meaning() {
        return meaning;
    }

    /**
     * The word that it begins with.
     *
     * @return for instance {@code boot-info}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static @Nullable ServeRequest of(String word) {
        for (ServeRequest request : ALL) {
            if (request.word().equals(word)) {
                return request;
            }
        }
        return null;
    }

    private static final List<ServeRequest> ALL = List.of(values());
}
