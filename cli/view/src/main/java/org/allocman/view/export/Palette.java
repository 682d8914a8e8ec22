package org.allocman.view.export;

/**
 * Colours of kinds of objects, in a light picture and in a dark one.
 *
 * @param name the class that carries it in a picture
 * @param light as a web page writes it
 * @param dark as a web page writes it
 */
record Palette(String name, String light, String dark) {
    private static final Palette UNTYPED = new Palette("untyped", "#e8e8e8", "#3a3f45");
    private static final Palette DEVICE = new Palette("device", "#f3e6d0", "#4a3f2c");
    private static final Palette CNODE = new Palette("cnode", "#9ecae9", "#2b6a94");
    private static final Palette TCB = new Palette("tcb", "#f4a6a0", "#963f39");
    private static final Palette MESSAGE = new Palette("message", "#fbd56f", "#8a6a10");
    private static final Palette FRAME = new Palette("frame", "#a8dba0", "#33702b");
    private static final Palette TABLE = new Palette("table", "#c9b3e6", "#654791");

    static Palette of(StateObject object) {
        if (object.isFrame()) {
            return FRAME;
        }
        return switch (object.kind()) {
            case StateObject.UNTYPED -> UNTYPED;
            case StateObject.DEVICE_UNTYPED -> DEVICE;
            case StateObject.CNODE -> CNODE;
            case StateObject.TCB, "sched context" -> TCB;
            case "endpoint", "notification", "reply" -> MESSAGE;
            default -> TABLE;
        };
    }

    static Palette[] all() {
        return new Palette[] {UNTYPED, DEVICE, CNODE, TCB, MESSAGE, FRAME, TABLE};
    }

    /** What it stands for. */
    String meaning() {
        return switch (name) {
            case "device" -> "device untyped";
            case "cnode" -> "CNode";
            case "tcb" -> "TCB, scheduling context";
            case "message" -> "endpoint, notification, reply";
            case "table" -> "page table, VSpace, ASID pool";
            default -> name;
        };
    }
}
