package org.allocman.xous.process;

import static org.allocman.vka.PageSize.PAGE;

import io.vavr.control.Either;
import io.vavr.control.Option;
import org.allocman.manager.Allocman;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Kernel;
import org.allocman.vka.Memory;
import org.allocman.vka.Untyped;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.xous.NodeStore;
import org.allocman.xous.Pid;
import org.allocman.xous.SparseMap;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousError;

/** The tables of a system, from the moment at which the memory for them is mapped to that at which it is given back. */
final class SystemTables {
    private final SystemContext context;
    private final MetadataWindow window;
    private final @VirtAddr long windowNode;

    private SystemTables(SystemContext context, MetadataWindow window, @VirtAddr long windowNode) {
        this.context = context;
        this.window = window;
        this.windowNode = windowNode;
    }

    SystemContext context() {
        return context;
    }

    /** Maps the memory of the tables, all zero. After an error there is nothing, or the error says that something is left. */
    static Either<VkaError, SystemTables> open(
            Kernel kernel, Memory memory, Allocman allocman, Vka vka, XousConfig config) {
        SystemLayout layout = new SystemLayout(config.window(), config.whitelist(), config.form(), config.rules());
        NodeStore nodes = new PoolNodes(allocman);
        long node = nodes.take();
        if (node == 0) {
            return Either.left(new VkaError(
                    VkaError.Reason.OUT_OF_BOOK_KEEPING, "there is no memory for the list of what the tables take"));
        }
        MetadataWindow window = new MetadataWindow(kernel, memory, vka, config.window(), node);
        Option<VkaError> error = window.open(layout.bytes());
        if (error.isDefined()) {
            boolean isClosed = window.close().isEmpty();
            if (isClosed) {
                nodes.giveBack(node);
            }
            return Either.left(isClosed ? error.get() : leaving(error.get()));
        }
        return Either.right(new SystemTables(SystemContext.of(kernel, memory, vka, nodes, layout), window, node));
    }

    /** The error of a start that left something. */
    static VkaError leaving(VkaError error) {
        return new VkaError(
                error.reason(),
                error.message() + "; and the kernel refused to take back what there was already",
                error.invocation(),
                error.kernel());
    }

    /** Gives the kernel the pages that it has already, and takes its windows' pages. */
    Option<VkaError> initialise(XousConfig config) {
        context.allocations().initialise();
        Whitelist whitelist = config.whitelist();
        for (long page = 0; page < whitelist.pages(); page++) {
            if (!isHandedOver(config, whitelist.address(page))
                    && !context.allocations().setUnavailable(page)) {
                return Option.some(new VkaError(
                        VkaError.Reason.OUT_OF_BOOK_KEEPING,
                        "the owners' table has no room for the pages that are the kernel's"));
            }
        }
        for (int i = 0; i < AddressLayout.KERNEL_WINDOWS.length; i++) {
            long page = context.allocations().allocate(Pid.KERNEL);
            if (page < 0) {
                return Option.some(new VkaError(
                        VkaError.Reason.OUT_OF_UNTYPED,
                        "the pages of the kernel's windows are not to be had: " + XousError.of(page)));
            }
            context.layout().setKernelPage(context.memory(), i, page);
            // it counts as mapped also while there is no process, so that it cannot be released
            context.frames().addMapping(page, 1);
        }
        return Option.none();
    }

    private static boolean isHandedOver(XousConfig config, long address) {
        for (Untyped untyped : config.untypeds()) {
            if (address - untyped.paddr() >= 0 && address + PAGE - untyped.paddr() <= 1L << untyped.sizeBits()) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@link #close} has begun: nothing in the tables is to be read any more. */
    boolean isClosing() {
        return window.isClosing();
    }

    /** Gives the pages back that somebody still owns, of whom nothing else is left; returns whether that is done. */
    boolean giveBackPages() {
        boolean all = new AsidPools(context).close();
        for (long page = 0; page < context.allocations().whitelist().pages() && all; page++) {
            all = context.allocations().owner(page) == Pid.FREE
                    || context.allocations().giveBack(page);
        }
        return all;
    }

    /** Gives the memory of the tables back; returns whether that is done. What is not goes on when this is called again. */
    boolean close() {
        boolean isClosed = window.close().isEmpty();
        if (isClosed) {
            context.nodes().giveBack(windowNode);
        }
        return isClosed;
    }

    /** The memory that the tables take, by what for. */
    MemoryFootprint footprint() {
        long nodes = 0;
        for (int pid = Pid.KERNEL; pid <= Pid.LAST; pid++) {
            nodes += context.process(pid).mappings().nodes();
        }
        SystemLayout layout = context.layout();
        return new MemoryFootprint(
                context.allocations().tableBytes(),
                2 * layout.allocations().bitmapBytes(),
                context.frames().nodes() * SparseMap.NODE_BYTES,
                layout.bytes() - layout.allocations().bytes(),
                nodes * SparseMap.NODE_BYTES);
    }
}
