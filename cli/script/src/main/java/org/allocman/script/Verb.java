package org.allocman.script;

import static org.allocman.script.Parameter.ACTIVE_LOW;
import static org.allocman.script.Parameter.AT;
import static org.allocman.script.Parameter.ATTRIBUTES;
import static org.allocman.script.Parameter.AUTHORITY;
import static org.allocman.script.Parameter.AWAY_FROM;
import static org.allocman.script.Parameter.BADGE;
import static org.allocman.script.Parameter.BUDGET;
import static org.allocman.script.Parameter.BUFFER;
import static org.allocman.script.Parameter.BUFFER_FRAME;
import static org.allocman.script.Parameter.BUS;
import static org.allocman.script.Parameter.BYTES;
import static org.allocman.script.Parameter.CAPABILITY;
import static org.allocman.script.Parameter.CONTEXT;
import static org.allocman.script.Parameter.CONTROL;
import static org.allocman.script.Parameter.CORE;
import static org.allocman.script.Parameter.COUNT;
import static org.allocman.script.Parameter.CSPACE;
import static org.allocman.script.Parameter.CSPACE_DATA;
import static org.allocman.script.Parameter.DATA;
import static org.allocman.script.Parameter.DEVICE;
import static org.allocman.script.Parameter.DOMAIN;
import static org.allocman.script.Parameter.DURATION;
import static org.allocman.script.Parameter.EAX;
import static org.allocman.script.Parameter.EBP;
import static org.allocman.script.Parameter.EBX;
import static org.allocman.script.Parameter.ECX;
import static org.allocman.script.Parameter.EDGE;
import static org.allocman.script.Parameter.EDI;
import static org.allocman.script.Parameter.EDX;
import static org.allocman.script.Parameter.END;
import static org.allocman.script.Parameter.ESI;
import static org.allocman.script.Parameter.EXTRA_REFILLS;
import static org.allocman.script.Parameter.FAULT;
import static org.allocman.script.Parameter.FIELD;
import static org.allocman.script.Parameter.FROM;
import static org.allocman.script.Parameter.FUNCTION;
import static org.allocman.script.Parameter.GROUP;
import static org.allocman.script.Parameter.GUARD;
import static org.allocman.script.Parameter.HANDLE;
import static org.allocman.script.Parameter.IN;
import static org.allocman.script.Parameter.INTERRUPT;
import static org.allocman.script.Parameter.IN_SLOT;
import static org.allocman.script.Parameter.IO_APIC;
import static org.allocman.script.Parameter.LAST;
import static org.allocman.script.Parameter.LEVEL;
import static org.allocman.script.Parameter.LINE;
import static org.allocman.script.Parameter.LIST;
import static org.allocman.script.Parameter.MAX_PRIORITY;
import static org.allocman.script.Parameter.MAYBE_DEVICE;
import static org.allocman.script.Parameter.OBJECT;
import static org.allocman.script.Parameter.OBJECT_TYPE;
import static org.allocman.script.Parameter.OPERATION;
import static org.allocman.script.Parameter.PERIOD;
import static org.allocman.script.Parameter.PIN;
import static org.allocman.script.Parameter.PIVOT;
import static org.allocman.script.Parameter.PIVOT_BADGE;
import static org.allocman.script.Parameter.PORT;
import static org.allocman.script.Parameter.PRIORITY;
import static org.allocman.script.Parameter.REGISTER;
import static org.allocman.script.Parameter.RIGHTS;
import static org.allocman.script.Parameter.SIZE;
import static org.allocman.script.Parameter.SLOT;
import static org.allocman.script.Parameter.SLOTS;
import static org.allocman.script.Parameter.SOURCE;
import static org.allocman.script.Parameter.SPORADIC;
import static org.allocman.script.Parameter.START;
import static org.allocman.script.Parameter.STORED;
import static org.allocman.script.Parameter.TARGET;
import static org.allocman.script.Parameter.TO;
import static org.allocman.script.Parameter.TYPE;
import static org.allocman.script.Parameter.UNTYPED;
import static org.allocman.script.Parameter.VALUE;
import static org.allocman.script.Parameter.VSPACE;
import static org.allocman.script.Parameter.VSPACE_DATA;
import static org.allocman.script.Parameter.WHERE;
import static org.allocman.script.Parameter.WIDTH;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The commands. */
public enum Verb {
    /** Untyped_Retype. */
    RETYPE("retype", "make objects from an untyped", List.of(UNTYPED, TYPE, SLOTS), COUNT),
    /** CNode_Copy. */
    COPY("copy", "copy a capability", List.of(SOURCE, TARGET), RIGHTS),
    /** CNode_Mint. */
    MINT("mint", "copy a capability, with a badge or a guard", List.of(SOURCE, TARGET), RIGHTS, BADGE, GUARD),
    /** CNode_Move. */
    MOVE("move", "move a capability", List.of(SOURCE, TARGET)),
    /** CNode_Mutate. */
    MUTATE("mutate", "move a capability, with a badge or a guard", List.of(SOURCE, TARGET), BADGE, GUARD),
    /** CNode_Rotate. */
    ROTATE(
            "rotate",
            "move two capabilities: the one at the pivot goes to the place behind '->', the first one to the pivot",
            List.of(SOURCE, PIVOT, TARGET),
            BADGE,
            GUARD,
            PIVOT_BADGE),
    /** CNode_Delete. */
    DELETE("delete", "empty a slot; the last capability takes its object with it", List.of(SOURCE)),
    /** CNode_Revoke. */
    REVOKE("revoke", "delete all that is derived from a capability", List.of(SOURCE)),
    /** CNode_CancelBadgedSends. */
    CANCEL_BADGED_SENDS("cancel-badged-sends", "cancel sends through an endpoint's badge", List.of(SOURCE)),
    /** CNode_SaveCaller. */
    SAVE_CALLER("save-caller", "save the reply capability", List.of(SOURCE)),
    /** Page_Map and the maps of the paging structures. */
    MAP("map", "map a frame or a paging structure", List.of(CAPABILITY, AT), IN, RIGHTS, ATTRIBUTES),
    /** Page_Unmap and the unmaps of the paging structures. */
    UNMAP("unmap", "unmap a frame or a paging structure", List.of(CAPABILITY)),
    /** Page_GetAddress. */
    ADDRESS("address", "tell the physical address of a frame", List.of(CAPABILITY)),
    /** Page_Map, whatever the capability is. */
    MAP_PAGE("map-page", "map a frame, and nothing else", List.of(CAPABILITY, AT), IN, RIGHTS, ATTRIBUTES),
    /** PageTable_Map and its kin, whatever the capability is. */
    MAP_TABLE("map-table", "map a paging structure, and nothing else", List.of(CAPABILITY, AT), IN, ATTRIBUTES),
    /** Page_Unmap, whatever the capability is. */
    UNMAP_PAGE("unmap-page", "unmap a frame, and nothing else", List.of(CAPABILITY)),
    /** PageTable_Unmap and its kin, whatever the capability is. */
    UNMAP_TABLE("unmap-table", "unmap a paging structure, and nothing else", List.of(CAPABILITY)),
    /** Cache maintenance on a frame. */
    CACHE_PAGE(
            "cache-page", "clean or invalidate caches for part of a frame", List.of(CAPABILITY, OPERATION, START, END)),
    /** Cache maintenance on an address space. */
    CACHE_SPACE(
            "cache-space",
            "clean or invalidate caches for part of an address space",
            List.of(CAPABILITY, OPERATION, START, END)),
    /** ASIDPool_Assign. */
    ASSIGN_ASID("assign-asid", "give an address space an ASID", List.of(CAPABILITY), FROM),
    /** ASIDControl_MakePool. */
    MAKE_ASID_POOL("make-asid-pool", "make an ASID pool from an untyped", List.of(UNTYPED, TARGET), CONTROL),
    /** TCB_SetSpace. */
    SET_SPACE(
            "set-space",
            "give a thread its CSpace and address space",
            List.of(CAPABILITY, CSPACE, VSPACE),
            GUARD,
            FAULT,
            CSPACE_DATA,
            VSPACE_DATA),
    /** TCB_Configure. */
    CONFIGURE_TCB(
            "configure-tcb",
            "give a thread its CSpace, address space and IPC buffer",
            List.of(CAPABILITY, CSPACE, VSPACE),
            GUARD,
            FAULT,
            CSPACE_DATA,
            VSPACE_DATA,
            BUFFER,
            BUFFER_FRAME),
    /** IRQControl_Get and IRQControl_GetTrigger. */
    IRQ_GET("irq-get", "make an interrupt's handler", List.of(INTERRUPT, TARGET), EDGE, LEVEL, CONTROL),
    /** IRQControl_IssueSGISignal. */
    SGI_GET(
            "sgi-get",
            "make a capability that sends a software-generated interrupt",
            List.of(INTERRUPT, CORE, TARGET),
            CONTROL),
    /** X86 IRQControl_GetIOAPIC. */
    PIN_GET(
            "pin-get",
            "make the handler of an I/O APIC's pin",
            List.of(INTERRUPT, PIN, TARGET),
            IO_APIC,
            LEVEL,
            ACTIVE_LOW,
            CONTROL),
    /** X86 IRQControl_GetMSI. */
    MSI_GET(
            "msi-get",
            "make the handler of a PCI device's message",
            List.of(INTERRUPT, BUS, DEVICE, FUNCTION, TARGET),
            HANDLE,
            CONTROL),
    /** X86 IOPortControl_Issue. */
    PORTS_GET("ports-get", "make a capability to a range of I/O ports", List.of(INTERRUPT, LAST, TARGET), CONTROL),
    /** X86 IOPort_In8, In16, In32. */
    PORT_IN("port-in", "read an I/O port", List.of(CAPABILITY, PORT), WIDTH),
    /** X86 IOPort_Out8, Out16, Out32. */
    PORT_OUT("port-out", "write an I/O port", List.of(CAPABILITY, PORT, DATA), WIDTH),
    /** DomainSet_Set. */
    SET_DOMAIN("set-domain", "put a thread into a domain", List.of(CAPABILITY, DOMAIN), CONTROL),
    /** DomainSet_ScheduleConfigure. */
    SCHEDULE_DOMAIN(
            "schedule-domain",
            "write an entry of the schedule of domains",
            List.of(INTERRUPT, DOMAIN, DURATION),
            CONTROL),
    /** DomainSet_ScheduleSetStart. */
    START_DOMAINS("start-domains", "begin the schedule of domains with an entry", List.of(INTERRUPT), CONTROL),
    /** ARM_VCPU_SetTCB. */
    BIND_VCPU("bind-vcpu", "bind a virtual CPU to a thread", List.of(CAPABILITY, TO)),
    /** ARM_VCPU_InjectIRQ. */
    INJECT_IRQ("inject-irq", "queue an interrupt for a guest", List.of(CAPABILITY, LINE), PRIORITY, GROUP, LIST),
    /** ARM_VCPU_ReadRegs. */
    READ_VCPU("read-vcpu", "read a register of a virtual CPU", List.of(CAPABILITY, REGISTER)),
    /** ARM_VCPU_WriteRegs. */
    WRITE_VCPU("write-vcpu", "write a register of a virtual CPU", List.of(CAPABILITY, REGISTER, DATA)),
    /** ARM_VCPU_AckVPPI. */
    ACK_VPPI(
            "ack-vppi",
            "let an interrupt come again that the kernel keeps for virtual CPUs",
            List.of(CAPABILITY, LINE)),
    /** TCB_SetEPTRoot. */
    SET_EPT_ROOT("set-ept-root", "give a thread the root of a guest's physical addresses", List.of(CAPABILITY, TO)),
    /** X86_EPTPDPT_Map and its kin. */
    MAP_EPT("map-ept", "map a structure of a guest's physical addresses", List.of(CAPABILITY, AT, IN), ATTRIBUTES),
    /** X86_EPTPDPT_Unmap and its kin. */
    UNMAP_EPT("unmap-ept", "unmap a structure of a guest's physical addresses", List.of(CAPABILITY)),
    /** X86_Page_MapEPT. */
    MAP_EPT_PAGE("map-ept-page", "map a frame for a guest", List.of(CAPABILITY, AT, IN), RIGHTS, ATTRIBUTES),
    /** X86_VCPU_ReadVMCS. */
    READ_VMCS("read-vmcs", "read a field of a guest's control structure", List.of(CAPABILITY, FIELD)),
    /** X86_VCPU_WriteVMCS. */
    WRITE_VMCS("write-vmcs", "write a field of a guest's control structure", List.of(CAPABILITY, FIELD, DATA)),
    /** X86_VCPU_EnableIOPort. */
    ENABLE_PORTS("enable-ports", "let a guest use I/O ports of a range", List.of(CAPABILITY, PORT, LAST, TO)),
    /** X86_VCPU_DisableIOPort. */
    DISABLE_PORTS("disable-ports", "let a guest use I/O ports no more", List.of(CAPABILITY, PORT, LAST)),
    /** X86_VCPU_WriteRegisters. */
    WRITE_GUEST(
            "write-guest",
            "set a guest's general registers, those that are not said to 0",
            List.of(CAPABILITY),
            EAX,
            EBX,
            ECX,
            EDX,
            ESI,
            EDI,
            EBP),
    /** IRQHandler_Ack. */
    ACK("ack", "let an interrupt come again", List.of(CAPABILITY)),
    /** IRQHandler_SetNotification. */
    SET_NOTIFICATION("set-notification", "have an interrupt signal a notification", List.of(CAPABILITY, TO)),
    /** IRQHandler_Clear. */
    CLEAR("clear", "take the notification from an interrupt", List.of(CAPABILITY)),
    /** TCB_BindNotification. */
    BIND_NOTIFICATION("bind-notification", "give a thread a notification", List.of(CAPABILITY, TO)),
    /** TCB_UnbindNotification. */
    UNBIND_NOTIFICATION("unbind-notification", "take a thread's notification from it", List.of(CAPABILITY)),
    /** TCB_SetPriority. */
    SET_PRIORITY("set-priority", "set a thread's priority", List.of(CAPABILITY, PRIORITY), AUTHORITY),
    /** TCB_SetMCPriority. */
    SET_MAX_PRIORITY(
            "set-max-priority",
            "set the greatest priority that a thread may give",
            List.of(CAPABILITY, PRIORITY),
            AUTHORITY),
    /** TCB_SetSchedParams. */
    SET_SCHED_PARAMS(
            "set-sched-params",
            "set both priorities of a thread, and with MCS its scheduling context and fault endpoint",
            List.of(CAPABILITY, PRIORITY, MAX_PRIORITY),
            AUTHORITY,
            CONTEXT,
            FAULT),
    /** TCB_SetTimeoutEndpoint. */
    SET_TIMEOUT_ENDPOINT(
            "set-timeout-endpoint", "say who is told when a thread's budget is used up", List.of(CAPABILITY), TO),
    /** SchedControl_ConfigureFlags. */
    CONFIGURE(
            "configure",
            "give time to a scheduling context",
            List.of(CAPABILITY, BUDGET, PERIOD),
            EXTRA_REFILLS,
            BADGE,
            SPORADIC,
            CONTROL),
    /** SchedContext_Bind. */
    BIND("bind", "give a scheduling context to a thread or notification", List.of(CAPABILITY, TO)),
    /** SchedContext_Unbind and SchedContext_UnbindObject. */
    UNBIND("unbind", "take a scheduling context from what has it, or from one object", List.of(CAPABILITY), AWAY_FROM),
    /** SchedContext_Consumed. */
    CONSUMED("consumed", "tell how much time was used", List.of(CAPABILITY)),
    /** SchedContext_YieldTo. */
    YIELD_TO("yield-to", "let a scheduling context's thread run", List.of(CAPABILITY)),
    /** Allocation of an object. */
    ALLOC("alloc", "have the manager make an object", List.of(TYPE), AT, SLOT, MAYBE_DEVICE),
    /** Allocation of a slot. */
    SLOT_TAKE("slot", "take an empty slot from the manager", List.of()),
    /** Giving back. */
    FREE("free", "give an object or a slot back to the manager", List.of(OBJECT)),
    /** A load of eight bytes. */
    LOAD64("load64", "read eight bytes of the root task's memory", List.of(WHERE)),
    /** A load of four bytes. */
    LOAD32("load32", "read four bytes of the root task's memory", List.of(WHERE)),
    /** A store of eight bytes. */
    STORE64("store64", "write eight bytes of the root task's memory", List.of(WHERE, STORED)),
    /** A store of four bytes. */
    STORE32("store32", "write four bytes of the root task's memory", List.of(WHERE, STORED)),
    /** Stores of zeros. */
    ZERO("zero", "set part of the root task's memory to zero", List.of(WHERE, BYTES)),
    /** Allocation of an object that gets no name. */
    VKA_ALLOC("vka-alloc", "allocate an object without a name", List.of(OBJECT_TYPE, SIZE), AT, TARGET, MAYBE_DEVICE),
    /** Giving back of an object by its handle. */
    VKA_FREE("vka-free", "give an object back by its handle", List.of(OBJECT_TYPE, SIZE, IN_SLOT, HANDLE)),
    /** The physical address of an allocated object. */
    VKA_ADDRESS("vka-address", "tell where an object is", List.of(OBJECT_TYPE, SIZE, IN_SLOT, HANDLE)),
    /** Allocation of a slot that gets no name. */
    VKA_SLOT("vka-slot", "take an empty slot without a name", List.of()),
    /** Giving back of a slot by its place. */
    VKA_FREE_SLOT("vka-free-slot", "give a slot back by its place", List.of(SOURCE)),
    /** The place of a cptr as the allocator has it. */
    VKA_PATH("vka-path", "tell the place of a cptr", List.of(CAPABILITY)),
    /** A name for a number. */
    NAME("", "let a name stand for a slot or a number", List.of(VALUE));

    private final String word;
    private final String meaning;
    private final List<Parameter> required;
    private final List<Parameter> optional;

    Verb(String word, String meaning, List<Parameter> required, Parameter... optional) {
        this.word = word;
        this.meaning = meaning;
        this.required = required;
        this.optional = List.of(optional);
    }

    /**
     * The word that a line begins with.
     *
     * @return for instance {@code retype}; empty for the command that only names something
     */
    public String word() {
        return word;
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
     * How it is written.
     *
     * @return for instance {@code delete PLACE}; what can be left out is in brackets
     */
    public String form() {
        StringBuilder form = new StringBuilder(this == NAME ? "NAME =" : word);
        required.forEach(parameter -> form.append(' ').append(parameter.form()));
        optional.forEach(parameter -> form.append(" [").append(parameter.form()).append(']'));
        return form.toString();
    }

    /**
     * What it has to be told.
     *
     * @return the parameters, in the order they are written; those without a word come first
     */
    public List<Parameter> required() {
        return required;
    }

    /**
     * What it can be told.
     *
     * @return the parameters; each stands behind a word
     */
    public List<Parameter> optional() {
        return optional;
    }

    /** Required and optional ones. */
    List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(required);
        all.addAll(optional);
        return all;
    }

    /** Whether a name can be given to what comes of it. */
    boolean hasResult() {
        return this == NAME
                || this == ALLOC
                || this == SLOT_TAKE
                || required.contains(SLOTS)
                || required.contains(TARGET);
    }

    /**
     * The command with a word.
     *
     * @param word the word
     * @return the command, or null if there is none
     */
    public static @Nullable Verb of(String word) {
        for (Verb verb : values()) {
            if (verb != NAME && verb.word.equals(word)) {
                return verb;
            }
        }
        return null;
    }

    /**
     * The words that lines begin with.
     *
     * @return all of them
     */
    public static List<String> words() {
        return Arrays.stream(values())
                .filter(verb -> verb != NAME)
                .map(Verb::word)
                .toList();
    }
}
