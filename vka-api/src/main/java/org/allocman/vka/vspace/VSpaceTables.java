package org.allocman.vka.vspace;

import io.vavr.control.Either;
import io.vavr.control.Option;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.allocman.vka.InvocationKind;
import org.allocman.vka.KernelError;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/** The paging structures that a {@link VSpace} has added, each with the range of addresses that it serves. */
final class VSpaceTables implements TableSource<VkaError> {
    /** A structure that serves the addresses from {@code base} to {@code base + 2^spanBits - 1}. */
    record Table(VkaObject object, long base, int spanBits) {
        boolean serves(long vaddr) {
            return vaddr >>> spanBits == base >>> spanBits;
        }
    }

    private final Vka vka;
    private final PageMapper mapper;
    private final List<Table> tables = new ArrayList<>();

    VSpaceTables(Vka vka, PageMapper mapper) {
        this.vka = vka;
        this.mapper = mapper;
    }

    @Override
    public Option<VkaError> add(MissingTable missing) {
        Either<VkaError, VkaObject> made = vka.allocate(missing.type(), 0);
        if (made.isLeft()) {
            return Option.some(made.getLeft());
        }
        KernelError error = mapper.mapTable(made.get().cptr(), missing);
        // what could not be mapped serves nothing, so that it is given back with the next release
        long base = missing.vaddr() >>> missing.spanBits() << missing.spanBits();
        tables.add(new Table(made.get(), base, missing.spanBits()));
        return error.failed()
                ? Option.some(VkaError.ofKernel(
                        "no " + missing.type().text() + " for 0x" + Long.toHexString(missing.vaddr()),
                        InvocationKind.TABLE_MAP,
                        error))
                : Option.none();
    }

    /** Gives back all that serve no page, the lowest levels first; the first refusal ends it, and the rest stays listed. */
    Option<VkaError> release(VSpacePages pages) {
        for (Table table : unused(pages)) {
            // what somebody else gave back is gone
            boolean isThere = vka.physicalAddress(table.object()).isRight();
            Option<VkaError> refused = isThere ? vka.free(table.object()) : Option.none();
            if (refused.isDefined()) {
                return refused;
            }
            tables.remove(table);
        }
        return Option.none();
    }

    List<Table> unused(VSpacePages pages) {
        return tables.stream()
                .filter(table -> !pages.from(table.base())
                        .exists(page -> table.serves(page.vaddr()) || page.vaddr() < table.base()))
                .sorted(Comparator.comparingInt(Table::spanBits))
                .toList();
    }

    int count() {
        return tables.size();
    }
}
