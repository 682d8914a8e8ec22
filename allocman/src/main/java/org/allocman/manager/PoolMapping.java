package org.allocman.manager;

import io.vavr.control.Option;
import org.allocman.untyped.MemoryKind;
import org.allocman.untyped.Refusal;
import org.allocman.untyped.Requester;
import org.allocman.untyped.UntypedManager;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.vspace.MissingTable;
import org.allocman.vka.vspace.PageMapper;

/** Maps the pool's pages; its paging structures are allocated as reserves are, and noted among the pool's tables. */
final class PoolMapping {
    private final PageMapper mapper;
    private final Architecture architecture;
    private final long vspace;
    private final UntypedManager untypeds;
    private final PoolTables tables;
    private final RefusedFrees refused;
    private final GrowthListener listener;

    PoolMapping(
            Kernel kernel,
            long vspace,
            UntypedManager untypeds,
            PoolTables tables,
            RefusedFrees refused,
            GrowthListener listener) {
        this.mapper = new PageMapper(kernel);
        this.architecture = kernel.architecture();
        this.vspace = vspace;
        this.untypeds = untypeds;
        this.tables = tables;
        this.refused = refused;
        this.listener = listener;
    }

    /** Maps a frame; 0, or a refusal with nothing changed, the frame given back. */
    long map(long frame, long page) {
        long before = tables.count();
        long refusal = mapper.map(
                        untypeds.slot(frame),
                        vspace,
                        page,
                        CapRights.READ_WRITE,
                        architecture.defaultAttributes(),
                        this::addTable,
                        error -> Refusal.kernel(InvocationKind.PAGE_MAP, error))
                .getOrElse(0L);
        if (refusal != 0) {
            refused.free(RefusedFrees.FRAME, frame);
            tables.freeNewest(before);
        }
        return refusal;
    }

    private Option<Long> addTable(MissingTable missing) {
        listener.tableMissing(missing.vaddr(), missing.error(), missing.type());
        if (tables.isFull()) {
            return Option.some(Refusal.OUT_OF_BOOK_KEEPING);
        }
        long table = untypeds.allocate(
                MemoryKind.KERNEL,
                architecture.number(missing.type()),
                0,
                architecture.sizeBits(missing.type(), 0),
                0,
                Requester.POOLS);
        if (table < 0) {
            return Option.some(table);
        }
        KernelError error = mapper.mapTable(untypeds.slot(table), missing);
        if (error.failed()) {
            refused.free(RefusedFrees.TABLE, table);
            return Option.some(Refusal.kernel(InvocationKind.TABLE_MAP, error));
        }
        tables.add(table, missing.vaddr(), missing.spanBits());
        return Option.none();
    }
}
