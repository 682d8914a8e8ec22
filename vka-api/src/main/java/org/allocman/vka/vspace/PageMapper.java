package org.allocman.vka.vspace;

import io.vavr.control.Option;
import java.util.function.Function;
import org.allocman.qual.CPtr;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapRights;
import org.allocman.vka.Kernel;
import org.allocman.vka.KernelError;
import org.allocman.vka.LookupFault;
import org.allocman.vka.ObjectType;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Maps pages, adding the paging structures that are missing: tries, reads from the failed lookup which structure the kernel
 * lacks, adds it, tries again (as {@code map_page} of seL4's libsel4utils does).
 */
public final class PageMapper {
    private final Kernel kernel;
    private final Architecture architecture;

    /**
     * A mapper of pages.
     *
     * @param kernel the kernel that maps
     */
    public PageMapper(Kernel kernel) {
        this.kernel = kernel;
        this.architecture = kernel.architecture();
    }

    /**
     * Maps a frame. It adds at most as many paging structures as there are levels between root and page, whatever the kernel
     * says. After an error the page is not mapped; structures added on the way stay, listed by the source.
     *
     * @param <E> the caller's errors
     * @param frame the frame's capability
     * @param vspace the root of the address space
     * @param vaddr the page's address
     * @param rights what may be done through the mapping
     * @param attributes the kernel's attributes of a mapping, for instance {@link Architecture#defaultAttributes}
     * @param tables where paging structures come from
     * @param refused the caller's error for a page that the kernel refuses to map, where no paging structure would help
     * @return an error, of the kernel's or of the source's; none if the page is mapped
     */
    public <E> Option<E> map(
            @CPtr long frame,
            @CPtr long vspace,
            @VirtAddr long vaddr,
            CapRights rights,
            long attributes,
            TableSource<E> tables,
            Function<KernelError, E> refused) {
        KernelError error = kernel.pageMap(frame, vspace, vaddr, rights, attributes);
        for (int left = architecture.tableLevels(); error.failed(); left--) {
            MissingTable missing = missing(error, vspace, vaddr);
            if (missing == null || left == 0) {
                return Option.some(refused.apply(error));
            }
            Option<E> failure = tables.add(missing);
            if (failure.isDefined()) {
                return failure;
            }
            error = kernel.pageMap(frame, vspace, vaddr, rights, attributes);
        }
        return Option.none();
    }

    /**
     * Maps a paging structure where it is missing, with the architecture's default attributes.
     *
     * @param table its capability
     * @param missing where
     * @return {@link KernelError#NO_ERROR}, or what the kernel refuses
     */
    public KernelError mapTable(@CPtr long table, MissingTable missing) {
        return kernel.tableMap(table, missing.vspace(), missing.vaddr(), architecture.defaultAttributes());
    }

    private @Nullable MissingTable missing(KernelError error, long vspace, long vaddr) {
        LookupFault fault = error.lookupFault();
        ObjectType type = fault == null ? null : architecture.tableFor(fault.bitsLeft());
        return fault == null || type == null ? null : new MissingTable(type, vspace, vaddr, fault.bitsLeft(), error);
    }
}
