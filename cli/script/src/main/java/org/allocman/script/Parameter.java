package org.allocman.script;

/** What a command is told: by its place in the line, or behind a word. */
public enum Parameter {
    /** The untyped that is retyped. */
    UNTYPED("", Kind.VALUE, "UNTYPED"),
    /** What objects to make. */
    TYPE("", Kind.TYPE, "TYPE"),
    /** A capability that is invoked. */
    CAPABILITY("", Kind.VALUE, "CAPABILITY"),
    /** The place of a capability. */
    SOURCE("", Kind.PLACE, "PLACE"),
    /** What was allocated. */
    OBJECT("", Kind.NAME, "NAME"),
    /** What a name stands for. */
    VALUE("", Kind.VALUE, "VALUE"),
    /** How many objects to make. */
    COUNT("count", Kind.VALUE, "N"),
    /** The slots of a CNode from one on. */
    SLOTS("->", Kind.SLOTS, "PLACE"),
    /** A slot to put something into. */
    TARGET("->", Kind.PLACE, "PLACE"),
    /** A slot that the allocator gave out. */
    SLOT("->", Kind.NAME, "NAME"),
    /** The slot in the middle of a rotation. */
    PIVOT("via", Kind.PLACE, "PLACE"),
    /** What a copy may be used for. */
    RIGHTS("rights", Kind.RIGHTS, "RIGHTS"),
    /** A badge, or any other word of capability data. */
    BADGE("badge", Kind.VALUE, "N"),
    /** A CNode's guard. */
    GUARD("guard", Kind.GUARD, "VALUE:BITS"),
    /** The same for what arrives at the pivot. */
    PIVOT_BADGE("pivot-badge", Kind.VALUE, "N"),
    /** An address. */
    AT("at", Kind.VALUE, "ADDRESS"),
    /** An address space. */
    IN("in", Kind.VALUE, "VSPACE"),
    /** Caching and execution, as the architecture encodes them. */
    ATTRIBUTES("attributes", Kind.VALUE, "N"),
    /** An ASID pool. */
    FROM("from", Kind.VALUE, "POOL"),
    /** The root of a thread's CSpace. */
    CSPACE("cspace", Kind.VALUE, "CNODE"),
    /** The root of a thread's address space. */
    VSPACE("vspace", Kind.VALUE, "VSPACE"),
    /** Where a thread's faults go. */
    FAULT("fault", Kind.VALUE, "CPTR"),
    /** The capability that something is given. */
    TO("to", Kind.VALUE, "CAPABILITY"),
    /** The capability that something is taken from. */
    AWAY_FROM("from", Kind.VALUE, "CAPABILITY"),
    /** The number of an interrupt. */
    INTERRUPT("", Kind.VALUE, "N"),
    /** Which pin of an I/O APIC. */
    PIN("pin", Kind.VALUE, "N"),
    /** Which I/O APIC. */
    IO_APIC("io-apic", Kind.VALUE, "N"),
    /** Whether low voltage means that an interrupt is there. */
    ACTIVE_LOW("active-low", Kind.FLAG, ""),
    /** A PCI device's bus. */
    BUS("bus", Kind.VALUE, "N"),
    /** A PCI device's number on its bus. */
    DEVICE("device", Kind.VALUE, "N"),
    /** Which function of a PCI device. */
    FUNCTION("function", Kind.VALUE, "N"),
    /** The last of a range of I/O ports. */
    LAST("last", Kind.VALUE, "N"),
    /** An I/O port. */
    PORT("port", Kind.VALUE, "N"),
    /** Bits that one access to a port moves. */
    WIDTH("width", Kind.VALUE, "BITS"),
    /** What is written. */
    DATA("data", Kind.VALUE, "N"),
    /** An interrupt of a guest, or one that the kernel keeps for guests. */
    LINE("line", Kind.VALUE, "N"),
    /** The group of a guest's interrupt. */
    GROUP("group", Kind.VALUE, "N"),
    /** The list register for a guest's interrupt. */
    LIST("list", Kind.VALUE, "N"),
    /** A register of a virtual CPU. */
    REGISTER("register", Kind.VALUE, "N"),
    /** A field of a guest's control structure. */
    FIELD("field", Kind.VALUE, "N"),
    /** A guest's first general register. */
    EAX("eax", Kind.VALUE, "N"),
    /** The second. */
    EBX("ebx", Kind.VALUE, "N"),
    /** The third. */
    ECX("ecx", Kind.VALUE, "N"),
    /** The fourth. */
    EDX("edx", Kind.VALUE, "N"),
    /** The fifth. */
    ESI("esi", Kind.VALUE, "N"),
    /** The sixth. */
    EDI("edi", Kind.VALUE, "N"),
    /** The seventh. */
    EBP("ebp", Kind.VALUE, "N"),
    /** A scheduling domain. */
    DOMAIN("number", Kind.VALUE, "N"),
    /** How long a domain runs. */
    DURATION("duration", Kind.VALUE, "N"),
    /** The core that a software-generated interrupt goes to. */
    CORE("core", Kind.VALUE, "N"),
    /** Whether an edge triggers an interrupt. */
    EDGE("edge", Kind.FLAG, ""),
    /** Whether a level triggers an interrupt. */
    LEVEL("level", Kind.FLAG, ""),
    /** A thread's priority. */
    PRIORITY("priority", Kind.VALUE, "N"),
    /** The greatest priority that a thread may give. */
    MAX_PRIORITY("max-priority", Kind.VALUE, "N"),
    /** A thread whose greatest priority is the limit. */
    AUTHORITY("authority", Kind.VALUE, "TCB"),
    /** A scheduling context. */
    CONTEXT("context", Kind.VALUE, "CAPABILITY"),
    /** Microseconds in each period. */
    BUDGET("budget", Kind.VALUE, "N"),
    /** Microseconds. */
    PERIOD("period", Kind.VALUE, "N"),
    /** How many refills there are beside two. */
    EXTRA_REFILLS("extra-refills", Kind.VALUE, "N"),
    /** Whether each part of a budget comes back a period after it was used. */
    SPORADIC("sporadic", Kind.FLAG, ""),
    /** The control capability that is invoked. */
    CONTROL("with", Kind.VALUE, "CONTROL"),
    /** A word of a thread's CSpace root: its guard, as the kernel encodes it. */
    CSPACE_DATA("cspace-data", Kind.VALUE, "N"),
    /** The same for the root of its address space. */
    VSPACE_DATA("vspace-data", Kind.VALUE, "N"),
    /** Where a thread has its IPC buffer. */
    BUFFER("buffer", Kind.VALUE, "ADDRESS"),
    /** The frame with a thread's IPC buffer. */
    BUFFER_FRAME("buffer-frame", Kind.VALUE, "CAPABILITY"),
    /** What a cache is to do. */
    OPERATION("operation", Kind.NAME, "WORD"),
    /** The first byte of a stretch. */
    START("start", Kind.VALUE, "N"),
    /** One past the last byte of a stretch. */
    END("end", Kind.VALUE, "N"),
    /** A virtual address in the root task's memory. */
    WHERE("", Kind.VALUE, "ADDRESS"),
    /** What is stored. */
    STORED("value", Kind.VALUE, "N"),
    /** How many bytes. */
    BYTES("bytes", Kind.VALUE, "N"),
    /** The kind of object that an allocator is asked about. */
    OBJECT_TYPE("", Kind.NAME, "TYPE"),
    /** How large an object is, as its type has it. */
    SIZE("size", Kind.VALUE, "N"),
    /** The slot of an object. */
    IN_SLOT("slot", Kind.VALUE, "CPTR"),
    /** What an allocator knows an object by, or a PCI device its message. */
    HANDLE("handle", Kind.VALUE, "N"),
    /** Whether device memory will do. */
    MAYBE_DEVICE("maybe-device", Kind.FLAG, "");

    private final String keyword;
    private final Kind kind;
    private final String label;

    /** How the text behind the word is read. */
    enum Kind {
        VALUE,
        PLACE,
        SLOTS,
        TYPE,
        RIGHTS,
        GUARD,
        NAME,
        FLAG
    }

    Parameter(String keyword, Kind kind, String label) {
        this.keyword = keyword;
        this.kind = kind;
        this.label = label;
    }

    /**
     * The word that stands before it.
     *
     * @return for instance {@code rights}; empty if its place in the line tells
     */
    public String keyword() {
        return keyword;
    }

    Kind kind() {
        return kind;
    }

    /** How it is shown in a command's form. */
    String form() {
        return keyword.isEmpty() ? label : label.isEmpty() ? keyword : keyword + " " + label;
    }
}
