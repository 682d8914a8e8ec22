package org.allocman.testkit.arbitraries;

import org.allocman.vka.InvocationKind;
import org.allocman.vka.ObjectType;

/** An invocation in words. */
final class InvocationWords {
    private static final int TO = 0;
    private static final int FROM = 1;
    private static final int OTHER = 2;
    private static final int SIZE = 3;
    private static final int INDEX = 4;
    private static final int DATA = 5;
    private static final int PIVOT_DATA = 6;
    private static final int ROOT = 9;
    private static final int DEPTH = 10;

    private final Invocation invocation;
    private final StringBuilder words = new StringBuilder();

    private InvocationWords(Invocation invocation) {
        this.invocation = invocation;
    }

    static String of(Invocation invocation) {
        return new InvocationWords(invocation).text();
    }

    private String text() {
        InvocationKind kind = invocation.kind();
        words.append(kind.text());
        switch (kind) {
            case RETYPE -> retype();
            case COPY, MINT -> {
                from("used slot");
                to();
                words.append(", rights ").append(invocation.rights());
                if (kind == InvocationKind.MINT) {
                    words.append(", badge ").append(invocation.at(DATA));
                }
            }
            case MOVE -> {
                from("used slot");
                to();
            }
            case MUTATE -> {
                from(needed());
                to();
                strange(DATA, "guard");
            }
            case ROTATE -> {
                from("used slot");
                words.append(" by used slot ").append(invocation.at(OTHER));
                to();
                strange(DATA, "guard");
                strange(PIVOT_DATA, "guard of the pivot");
            }
            case SAVE_CALLER -> to();
            case TCB_BIND_NOTIFICATION -> {
                from(needed());
                words.append(" to notification ").append(invocation.at(OTHER));
            }
            case TCB_SET_PRIORITY -> {
                from(needed());
                words.append(" to ").append(invocation.at(DATA));
            }
            case SCHED_CONTEXT_BIND -> {
                from(needed());
                words.append(" to thread or notification ").append(invocation.at(OTHER));
            }
            case VCPU_SET_TCB -> {
                from(needed());
                words.append(" to thread ").append(invocation.at(OTHER));
            }
            case IO_PORT_CONTROL_ISSUE -> {
                words.append(" ports ")
                        .append((int) invocation.at(INDEX))
                        .append(" to ")
                        .append((int) invocation.at(INDEX) + (int) invocation.at(DATA));
                to();
            }
            case DOMAIN_SET -> {
                from(needed());
                words.append(" to domain ").append(invocation.isStrange(DATA) ? invocation.at(DATA) : 0);
            }
            default -> from(needed());
        }
        if (kind != InvocationKind.RETYPE) {
            strange(ROOT, "root");
            strange(DEPTH, "depth");
        }
        missing();
        return words.toString();
    }

    private void retype() {
        ObjectType made = invocation.made();
        int size = invocation.size(made);
        words.append(' ')
                .append(made.text())
                .append(size > 0 ? " of size " + (invocation.isStrange(SIZE) ? invocation.at(SIZE) : size) : "");
        words.append(invocation.isStrange(FROM) ? " from cptr " + hex(FROM) : " from untyped " + invocation.at(FROM));
        to();
        strange(OTHER, "type number");
        strange(SIZE, "size");
        strange(INDEX, "node index");
        strange(DATA, "count");
        strange(ROOT, "root");
        strange(DEPTH, "node depth");
    }

    private String needed() {
        ObjectType needed = invocation.needed();
        return needed == null ? "used slot" : needed.text();
    }

    private void from(String what) {
        words.append(' ').append(invocation.isStrange(FROM) ? "cptr " + hex(FROM) : what + " " + invocation.at(FROM));
    }

    private void to() {
        words.append(" into ").append(invocation.isStrange(TO) ? "cptr " + hex(TO) : "empty slot " + invocation.at(TO));
    }

    /** An argument that is none of the usual ones. */
    private void strange(int index, String what) {
        if (invocation.isStrange(index)) {
            words.append(", ").append(what).append(' ').append(hex(index));
        }
    }

    private void missing() {
        ObjectType needed = invocation.needed();
        if (needed != null) {
            words.append("; makes the ").append(needed.text()).append(" if there is none");
        }
    }

    private String hex(int index) {
        return MachineText.hex(invocation.at(index));
    }
}
