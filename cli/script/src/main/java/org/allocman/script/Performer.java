package org.allocman.script;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.List;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.kernel.CapabilityType;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.Memory;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;

/** Carries commands out. */
final class Performer {
    private static final int MOST_NAMED = 4;

    private final Kernel kernel;
    private final Architecture architecture;
    private final @Nullable Vka vka;
    private final ScriptNames names;
    private final PathResolver paths;
    private final Operands operands;
    private final CapabilityText texts;
    private final Keeper keeper;
    private final InterruptPerformer interrupts;
    private final SchedulingPerformer scheduling;
    private final PlainPerformer plain;
    private final MemoryPerformer memory;
    private final ClientPerformer client;
    private final PortPerformer ports;
    private final VcpuPerformer vcpus;
    private final VtxPerformer vtx;

    Performer(
            Kernel kernel,
            @Nullable Memory memory,
            @Nullable Vka vka,
            ScriptNames names,
            PathResolver paths,
            CapabilityText texts,
            Keeper keeper) {
        this.keeper = keeper;
        this.kernel = kernel;
        this.architecture = kernel.architecture();
        this.vka = vka;
        this.names = names;
        this.paths = paths;
        this.operands = new Operands(paths);
        this.interrupts = new InterruptPerformer(kernel.interrupts(), operands);
        this.scheduling = new SchedulingPerformer(kernel.scheduling(), operands, names);
        this.plain = new PlainPerformer(kernel, operands);
        this.memory = new MemoryPerformer(memory, operands);
        this.client = new ClientPerformer(operands, StatementParser.types(architecture));
        this.ports = new PortPerformer(kernel, operands);
        this.vcpus = new VcpuPerformer(kernel.vcpus(), operands);
        this.vtx = new VtxPerformer(kernel.vtx(), operands);
        this.texts = texts;
    }

    LineOutcome perform(Statement statement) throws Mistake {
        String result = statement.result();
        if (result != null) {
            names.checkFree(result);
        }
        return switch (statement.verb()) {
            case RETYPE -> retype(statement);
            case COPY, MINT, MOVE, MUTATE, ROTATE -> transfer(statement);
            case DELETE, REVOKE, CANCEL_BADGED_SENDS, SAVE_CALLER -> onSlot(statement);
            case MAP -> map(statement);
            case UNMAP -> unmap(statement);
            case ADDRESS -> address(statement);
            case ASSIGN_ASID ->
                answer(
                        statement,
                        kernel.asidPoolAssign(
                                operands.numberOr(statement, Parameter.FROM, BootSlots.ASID_POOL),
                                operands.number(statement, Parameter.CAPABILITY)),
                        "the address space has an ASID");
            case MAKE_ASID_POOL -> makePool(statement);
            case MAP_PAGE, MAP_TABLE, UNMAP_PAGE, UNMAP_TABLE, CACHE_PAGE, CACHE_SPACE, SET_SPACE, CONFIGURE_TCB ->
                answer(statement, plain.perform(statement), PlainPerformer.done(statement));
            case LOAD64, LOAD32, STORE64, STORE32, ZERO -> memory.perform(statement);
            case VKA_ALLOC, VKA_FREE, VKA_ADDRESS, VKA_SLOT, VKA_FREE_SLOT, VKA_PATH ->
                client.perform(statement, manager(statement));
            case IRQ_GET, SGI_GET, PIN_GET, MSI_GET, PORTS_GET -> makeControl(statement);
            case PORT_IN, PORT_OUT, SET_DOMAIN, SCHEDULE_DOMAIN, START_DOMAINS -> ports.perform(statement);
            case BIND_VCPU, INJECT_IRQ, READ_VCPU, WRITE_VCPU, ACK_VPPI -> vcpus.perform(statement);
            case SET_EPT_ROOT,
                    MAP_EPT,
                    UNMAP_EPT,
                    MAP_EPT_PAGE,
                    READ_VMCS,
                    WRITE_VMCS,
                    ENABLE_PORTS,
                    DISABLE_PORTS,
                    WRITE_GUEST -> vtx.perform(statement);
            case ACK, SET_NOTIFICATION, CLEAR ->
                answer(statement, interrupts.perform(statement), InterruptPerformer.done(statement));
            case BIND_NOTIFICATION,
                    UNBIND_NOTIFICATION,
                    SET_PRIORITY,
                    SET_MAX_PRIORITY,
                    SET_SCHED_PARAMS,
                    SET_TIMEOUT_ENDPOINT,
                    CONFIGURE,
                    BIND,
                    UNBIND -> answer(statement, scheduling.perform(statement), SchedulingPerformer.done(statement));
            case CONSUMED, YIELD_TO ->
                scheduling
                        .time(statement)
                        .fold(
                                error -> LineOutcome.refused(statement, error),
                                used -> LineOutcome.done(
                                        statement, used + " microseconds used", new Binding.Number(used)));
            case ALLOC -> allocate(statement, manager(statement));
            case SLOT_TAKE -> takeSlot(statement, manager(statement));
            case FREE -> free(statement, manager(statement));
            case NAME -> name(statement);
        };
    }

    private Vka manager(Statement statement) throws Mistake {
        Vka manager = vka;
        if (manager == null) {
            throw new Mistake(
                    "'" + statement.verb().word()
                            + "' needs a manager, and this machine is bare: 'retype' makes objects, and slots are taken by number");
        }
        return manager;
    }

    private LineOutcome retype(Statement statement) throws Mistake {
        Operand.Type type = operands.type(statement);
        PathResolver.NodeSlots to = paths.nodeSlots(operands.place(statement, Parameter.SLOTS));
        int count = operands.intOf(statement, Parameter.COUNT, 1);
        int size = sizeArgument(type);
        KernelError error = kernel.retype(
                operands.number(statement, Parameter.UNTYPED),
                typeNumber(type),
                size,
                to.root(),
                to.nodeIndex(),
                to.nodeDepth(),
                to.offset(),
                count);
        if (error.failed()) {
            return LineOutcome.refused(statement, error);
        }
        bind(statement, new Binding.Place(to.first()));
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < Math.min(count, MOST_NAMED); i++) {
            CapPath path = new CapPath(
                    to.first().root(), to.first().index() + i, to.first().depth());
            told.append(i == 0 ? "" : "\n").append(told(path));
        }
        if (count > MOST_NAMED) {
            told.append("\nand ").append(count - MOST_NAMED).append(" more in the slots behind");
        }
        return LineOutcome.done(statement, told.toString());
    }

    /** What is now in a slot. */
    private String told(CapPath path) {
        long slot = paths.slot(path);
        return paths.text(path) + ": " + (slot < 0 ? "cannot be looked up any more" : texts.phrase(slot));
    }

    private LineOutcome transfer(Statement statement) throws Mistake {
        CapPath from = operands.path(statement, Parameter.SOURCE);
        CapPath to = operands.path(statement, Parameter.TARGET);
        CapRights rights = operands.rights(statement, CapRights.ALL);
        long data = operands.data(statement, architecture);
        CapPath pivot = statement.verb() == Verb.ROTATE ? operands.path(statement, Parameter.PIVOT) : to;
        KernelError error = switch (statement.verb()) {
            case COPY -> kernel.copy(to, from, rights);
            case MINT -> kernel.mint(to, from, rights, data);
            case MOVE -> kernel.move(to, from);
            case MUTATE -> kernel.mutate(to, from, data);
            default -> kernel.rotate(to, data, pivot, operands.numberOr(statement, Parameter.PIVOT_BADGE, 0), from);
        };
        if (error.failed()) {
            return LineOutcome.refused(statement, error);
        }
        bind(statement, new Binding.Place(to));
        String told = told(to);
        return LineOutcome.done(statement, pivot.equals(to) ? told : told + "\n" + told(pivot));
    }

    private LineOutcome onSlot(Statement statement) throws Mistake {
        CapPath at = operands.path(statement, Parameter.SOURCE);
        KernelError error = switch (statement.verb()) {
            case DELETE -> kernel.delete(at.root(), at.index(), at.depth());
            case REVOKE -> kernel.revoke(at.root(), at.index(), at.depth());
            case CANCEL_BADGED_SENDS -> kernel.cancelBadgedSends(at);
            default -> kernel.saveCaller(at);
        };
        return error.failed() ? LineOutcome.refused(statement, error) : LineOutcome.done(statement, told(at));
    }

    private LineOutcome map(Statement statement) throws Mistake {
        long cptr = operands.number(statement, Parameter.CAPABILITY);
        long vspace = operands.numberOr(statement, Parameter.IN, BootSlots.VSPACE);
        long vaddr = operands.number(statement, Parameter.AT);
        long attributes = operands.numberOr(statement, Parameter.ATTRIBUTES, architecture.defaultAttributes());
        KernelError error = isTable(cptr)
                ? kernel.tableMap(cptr, vspace, vaddr, attributes)
                : kernel.pageMap(cptr, vspace, vaddr, operands.rights(statement, CapRights.READ_WRITE), attributes);
        return answer(statement, error, told(paths.ofCptr(cptr)));
    }

    private boolean isTable(long cptr) {
        CapabilityType type = paths.typeAt(cptr);
        return type != null && type.isTable();
    }

    private LineOutcome unmap(Statement statement) throws Mistake {
        long cptr = operands.number(statement, Parameter.CAPABILITY);
        KernelError error = isTable(cptr) ? kernel.tableUnmap(cptr) : kernel.pageUnmap(cptr);
        return answer(statement, error, told(paths.ofCptr(cptr)));
    }

    private LineOutcome address(Statement statement) throws Mistake {
        Either<KernelError, @PhysAddr Long> answer =
                kernel.pageGetAddress(operands.number(statement, Parameter.CAPABILITY));
        return answer.fold(
                error -> LineOutcome.refused(statement, error),
                address -> LineOutcome.done(statement, CapabilityText.hex(address), new Binding.Number(address)));
    }

    private LineOutcome makePool(Statement statement) throws Mistake {
        CapPath to = operands.path(statement, Parameter.TARGET);
        KernelError error = kernel.asidControlMakePool(
                operands.numberOr(statement, Parameter.CONTROL, BootSlots.ASID_CONTROL),
                operands.number(statement, Parameter.UNTYPED),
                to);
        if (!error.failed()) {
            bind(statement, new Binding.Place(to));
        }
        return answer(statement, error, told(to));
    }

    private LineOutcome makeControl(Statement statement) throws Mistake {
        CapPath to = operands.path(statement, Parameter.TARGET);
        KernelError error = statement.verb() == Verb.PORTS_GET ? ports.issue(statement) : interrupts.perform(statement);
        if (!error.failed()) {
            bind(statement, new Binding.Place(to));
        }
        return answer(statement, error, told(to));
    }

    private static LineOutcome answer(Statement statement, KernelError error, String done) {
        return error.failed() ? LineOutcome.refused(statement, error) : LineOutcome.done(statement, done);
    }

    private LineOutcome allocate(Statement statement, Vka manager) throws Mistake {
        Operand.Type asked = operands.type(statement);
        ObjectType type = objectType(asked);
        int size = sizeArgument(asked);
        boolean anywhere = statement.operands().containsKey(Parameter.MAYBE_DEVICE);
        boolean at = statement.operands().containsKey(Parameter.AT);
        boolean into = statement.operands().containsKey(Parameter.SLOT);
        if ((anywhere ? 1 : 0) + (at ? 1 : 0) + (into ? 1 : 0) > 1) {
            throw new Mistake("of 'at', '->' and 'maybe-device' one is possible at a time");
        }
        Either<VkaError, VkaObject> answer = at
                ? manager.allocateAt(type, size, operands.number(statement, Parameter.AT))
                : into
                        ? manager.allocateInto(takenSlot(statement), type, size)
                        : anywhere ? manager.allocateMaybeDevice(type, size) : manager.allocate(type, size);
        if (answer.isLeft()) {
            return LineOutcome.refused(
                    statement,
                    at
                            ? explained(answer.getLeft(), type, size, operands.number(statement, Parameter.AT))
                            : answer.getLeft());
        }
        VkaObject object = answer.get();
        Binding made = new Binding.Allocated(object);
        String name = bindOrName(statement, type.isFrame() ? Operand.Type.FRAME : Operand.Type.word(type), made);
        return LineOutcome.done(statement, name + " = " + told(paths.ofCptr(object.cptr())), made);
    }

    /** Where the manager knows only that it was not given the memory, the machine knows who has it. */
    private VkaError explained(VkaError error, ObjectType type, int size, long paddr) {
        String keeps = error.reason() == VkaError.Reason.NOT_MANAGED
                ? keeper.of(paddr, 1L << kernel.architecture().sizeBits(type, size))
                : null;
        return keeps == null ? error : new VkaError(error.reason(), error.message() + ": " + keeps);
    }

    private CapPath takenSlot(Statement statement) throws Mistake {
        String name = operands.nameOf(statement, Parameter.SLOT);
        if (names.get(name) instanceof Binding.Taken taken) {
            return taken.path();
        }
        throw new Mistake("'" + name + "' is no slot from the manager; '" + name + " = slot' takes one");
    }

    private LineOutcome takeSlot(Statement statement, Vka manager) {
        Either<VkaError, CapPath> answer = manager.allocateSlot();
        if (answer.isLeft()) {
            return LineOutcome.refused(statement, answer.getLeft());
        }
        Binding taken = new Binding.Taken(answer.get());
        String name = bindOrName(statement, "slot", taken);
        return LineOutcome.done(statement, name + " = slot " + answer.get().index() + ", empty", taken);
    }

    private LineOutcome free(Statement statement, Vka manager) throws Mistake {
        String name = operands.nameOf(statement, Parameter.OBJECT);
        Binding binding = names.get(name);
        Option<VkaError> refusal;
        String what;
        if (binding instanceof Binding.Allocated allocated) {
            refusal = manager.free(allocated.object());
            what = allocated.object().toString();
        } else if (binding instanceof Binding.Taken taken) {
            refusal = manager.freeSlot(taken.path());
            what = "slot " + taken.path().index();
        } else {
            throw new Mistake("'" + name + "' was not allocated by the manager; 'delete " + name
                    + "' empties a slot that holds a capability");
        }
        if (refusal.isDefined()) {
            return LineOutcome.refused(statement, refusal.get());
        }
        names.forget(name);
        return LineOutcome.done(statement, "given back: " + what);
    }

    private LineOutcome name(Statement statement) throws Mistake {
        Operand.Value value = operands.value(statement, Parameter.VALUE);
        CapPath path = names.path(value);
        bind(statement, path != null ? new Binding.Place(path) : new Binding.Number(paths.cptr(value)));
        return LineOutcome.done(statement, statement.result() + " = " + value.text());
    }

    private void bind(Statement statement, Binding binding) {
        String result = statement.result();
        if (result != null) {
            names.bind(result, binding);
        }
    }

    private String bindOrName(Statement statement, String word, Binding binding) {
        String result = statement.result();
        String name = result != null ? result : names.fresh(word);
        names.bind(name, binding);
        return name;
    }

    private int typeNumber(Operand.Type type) throws Mistake {
        return type.type() == null && type.number() >= 0 ? type.number() : architecture.number(objectType(type));
    }

    /** The kind that is meant on this architecture. */
    private ObjectType objectType(Operand.Type asked) throws Mistake {
        ObjectType type = asked.type();
        if (type == null && asked.number() >= 0) {
            type = architecture.type(asked.number());
            if (type == null) {
                throw new Mistake(architecture.text() + " has no object type " + asked.number());
            }
            return type;
        }
        if (type == null) {
            type = asked.size() < 0 ? architecture.frames().get(0) : architecture.frame(asked.size());
            if (type == null) {
                throw new Mistake(
                        architecture.text() + " has no frame of 2^" + asked.size() + " bytes; it has " + frameSizes());
            }
            return type;
        }
        ObjectType meant = type == ObjectType.VSPACE ? architecture.vspaceType() : type;
        if (!architecture.has(meant)) {
            throw new Mistake(architecture.text() + " has no " + type.text());
        }
        return meant;
    }

    private String frameSizes() {
        List<String> sizes = architecture.frames().stream()
                .map(frame -> "2^" + architecture.sizeBits(frame, 0))
                .toList();
        return String.join(", ", sizes);
    }

    private static int sizeArgument(Operand.Type type) {
        return type.type() == null && type.number() < 0 ? 0 : Math.max(0, type.size());
    }
}
