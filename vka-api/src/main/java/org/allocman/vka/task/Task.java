package org.allocman.vka.task;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.allocman.qual.CPtr;
import org.allocman.qual.CheckReturnValue;
import org.allocman.vka.Architecture;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapPath;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.KernelScheduling.Allotment;
import org.allocman.vka.KernelScheduling.SchedParams;
import org.allocman.vka.ThreadSpaces;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaError.Reason;
import org.allocman.vka.VkaObject;
import org.allocman.vka.vspace.VSpace;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * A task: a CSpace of one CNode, an address space with an ASID, a thread with an IPC buffer, with MCS a scheduling context and a
 * reply. In its own CSpace it finds its capabilities where a root task has them: {@link BootSlots#TCB}, {@link BootSlots#CNODE},
 * {@link BootSlots#VSPACE}, {@link BootSlots#IPC_BUFFER}, with MCS {@link BootSlots#SCHED_CONTEXT}; beside these {@link
 * #FAULT_ENDPOINT} and {@link #REPLY}. Slots from {@link #FIRST_FREE} on are empty.
 *
 * <p>What belongs to it is listed on the Java heap, as the pages of its {@link VSpace} are.
 */
@CheckReturnValue
public final class Task {
    /** Its fault handler, if it has one. */
    public static final @CPtr long FAULT_ENDPOINT = BootSlots.FIRST_DYNAMIC;
    /** With MCS: its reply. */
    public static final @CPtr long REPLY = FAULT_ENDPOINT + 1;
    /** The first slot that is empty. */
    public static final @CPtr long FIRST_FREE = REPLY + 1;

    private final Vka vka;
    private final Kernel kernel;
    private final TaskOptions options;
    private final TaskObjects objects;
    private final VSpace pages;

    /** What was not given back yet, in the order in which it goes. */
    private final List<VkaObject> left;

    private Task(Vka vka, Kernel kernel, TaskOptions options, TaskObjects objects) {
        this.vka = vka;
        this.kernel = kernel;
        this.options = options;
        this.objects = objects;
        this.pages = new VSpace(vka, kernel, objects.vspace().cptr());
        this.left = new ArrayList<>(objects.all());
    }

    /**
     * Makes a task that does not run.
     *
     * @param vka where its objects come from, and the structures of its address space
     * @param kernel the kernel below {@code vka}; it has pages
     * @param options what it has
     * @return the task; or why there is none, with everything given back. If the kernel refuses that as well, the message says
     *     so; a {@link org.allocman.vka.wrap.VkaScope} as {@code vka} still has what is left
     */
    public static Either<VkaError, Task> make(Vka vka, Kernel kernel, TaskOptions options) {
        if (!kernel.architecture().hasPaging()) {
            return Either.left(
                    new VkaError(Reason.UNSUPPORTED, kernel.architecture().text() + " has no pages, and so no tasks"));
        }
        return TaskObjects.allocate(vka, options).flatMap(objects -> {
            Task task = new Task(vka, kernel, options, objects);
            Option<VkaError> refused = task.setUp();
            return refused.isEmpty()
                    ? Either.right(task)
                    : Either.left(TaskObjects.withRest(refused.get(), task.giveBack()));
        });
    }

    /** The thread's CSpace, address space and priorities, and its capabilities in its CSpace; the first refusal ends it. */
    private Option<VkaError> setUp() {
        long cnode = objects.cnode().cptr();
        long vspace = objects.vspace().cptr();
        long tcb = objects.tcb().cptr();
        Architecture architecture = kernel.architecture();
        long guard = architecture.guardOfZeros(architecture.wordBits() - options.radix());
        boolean hasMcs = architecture.hasMcs();
        // an address space without an ASID cannot be copied
        return did(InvocationKind.ASID_POOL_ASSIGN, () -> kernel.asidPoolAssign(options.asidPool(), vspace))
                .orElse(() -> put(BootSlots.TCB, objects.tcb()))
                .orElse(() -> did(
                        InvocationKind.MINT,
                        () -> kernel.mint(path(BootSlots.CNODE), vka.path(cnode), CapRights.ALL, guard)))
                .orElse(() -> put(BootSlots.VSPACE, objects.vspace()))
                .orElse(() -> put(BootSlots.IPC_BUFFER, objects.ipcBuffer()))
                .orElse(() -> put(BootSlots.SCHED_CONTEXT, objects.schedContext()))
                .orElse(() -> put(REPLY, objects.reply()))
                .orElse(this::putFaultEndpoint)
                .orElse(() -> pages.map(options.ipcBuffer(), objects.ipcBuffer(), CapRights.READ_WRITE))
                .orElse(() -> did(
                        InvocationKind.TCB_CONFIGURE,
                        () -> kernel.tcbConfigure(
                                tcb,
                                new ThreadSpaces(
                                        hasMcs || options.faultEndpoint() == 0 ? 0 : FAULT_ENDPOINT,
                                        cnode,
                                        guard,
                                        vspace,
                                        0),
                                options.ipcBuffer(),
                                objects.ipcBuffer().cptr())))
                .orElse(this::giveTime)
                .orElse(() -> did(
                        InvocationKind.TCB_SET_SCHED_PARAMS,
                        () -> kernel.scheduling().setSchedParams(tcb, options.authority(), parameters(hasMcs))));
    }

    private SchedParams parameters(boolean hasMcs) {
        VkaObject context = objects.schedContext();
        return new SchedParams(
                options.maxPriority(),
                options.priority(),
                context == null ? 0 : context.cptr(),
                hasMcs ? options.faultEndpoint() : 0);
    }

    private Option<VkaError> giveTime() {
        VkaObject context = objects.schedContext();
        Allotment time = options.time();
        return context == null || time == null
                ? Option.none()
                : did(
                        InvocationKind.SCHED_CONTROL_CONFIGURE,
                        () -> kernel.scheduling().configure(options.schedControl(), context.cptr(), time));
    }

    private Option<VkaError> putFaultEndpoint() {
        if (options.faultEndpoint() == 0) {
            return Option.none();
        }
        CapPath to = path(FAULT_ENDPOINT);
        CapPath from = vka.path(options.faultEndpoint());
        return options.faultBadge() == 0
                ? did(InvocationKind.COPY, () -> kernel.copy(to, from, CapRights.ALL))
                : did(InvocationKind.MINT, () -> kernel.mint(to, from, CapRights.ALL, options.faultBadge()));
    }

    private Option<VkaError> put(@CPtr long slot, @Nullable VkaObject object) {
        return object == null
                ? Option.none()
                : did(InvocationKind.COPY, () -> kernel.copy(path(slot), vka.path(object.cptr()), CapRights.ALL));
    }

    private static Option<VkaError> did(InvocationKind invocation, Supplier<KernelError> step) {
        KernelError error = step.get();
        return Option.when(error.failed(), () -> VkaError.ofKernel("there is no task", invocation, error));
    }

    /**
     * Gives everything back: its pages with their frames, its objects, and with its CSpace all capabilities in it.
     *
     * @return nothing; or what was refused: the task is of no more use, and is given back by calling this again
     */
    public Option<VkaError> giveBack() {
        Option<VkaError> refused = left.contains(objects.vspace())
                // what the kernel did not take back at once it is asked for again
                ? pages.unmapAll().orElse(() -> pages.pending() == 0 ? Option.none() : pages.unmapAll())
                : Option.none();
        while (refused.isEmpty() && !left.isEmpty()) {
            refused = vka.free(left.get(0));
            if (refused.isEmpty()) {
                left.remove(0);
            }
        }
        return refused;
    }

    /**
     * A slot of its CSpace, in the caller's words.
     *
     * @param slot its number, as the task names it
     * @return its place, for invocations of the caller's
     */
    public CapPath path(@CPtr long slot) {
        return new CapPath(objects.cnode().cptr(), slot, options.radix());
    }

    /**
     * Its address space, to map more.
     *
     * @return the same each time; what it holds goes with the task
     */
    public VSpace pages() {
        return pages;
    }

    /**
     * Its objects.
     *
     * @return what was allocated for it
     */
    public TaskObjects objects() {
        return objects;
    }

    /**
     * One more than the greatest slot of its CSpace.
     *
     * @return 2^radix
     */
    public @CPtr long slotEnd() {
        return 1L << options.radix();
    }
}
