package org.allocman.sim.memory;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import org.allocman.qual.Bytes;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.MemoryFault;

/** The views of a physical memory through translations, and the translations that they remember as a TLB does. */
final class Windows {
    private final Journal journal;
    private final PagedMemory words;
    private final List<PagedMemory> windows = new ArrayList<>();
    private final List<Walk> walks = new ArrayList<>();

    Windows(Journal journal, PagedMemory words) {
        this.journal = journal;
        this.words = words;
    }

    PagedMemory open(Walk walk) {
        PagedMemory window = new PagedMemory(journal, new PagedMemory.Translation() {
            @Override
            public long[] page(long address, boolean store, String access) {
                long entry = walk.translate(address);
                if (entry == 0) {
                    throw new MemoryFault(MemoryFault.Reason.UNMAPPED, access, address);
                }
                if ((entry & (store ? Walk.WRITABLE : Walk.READABLE)) == 0) {
                    throw new MemoryFault(MemoryFault.Reason.NO_RIGHTS, access, address);
                }
                return words.page(entry & -PAGE, store, access);
            }

            @Override
            public boolean keep(long address) {
                long both = Walk.READABLE | Walk.WRITABLE;
                return (walk.translate(address) & (both | Walk.PARTIAL)) == both;
            }

            @Override
            public boolean isSparse() {
                return false;
            }
        });
        windows.add(window);
        walks.add(walk);
        return window;
    }

    void forEachRemembered(Walk.Visitor visitor) {
        for (int i = 0; i < windows.size(); i++) {
            Walk walk = walks.get(i);
            windows.get(i).forEachRemembered((address, page) -> {
                long walked = walk.translate(address);
                long base = walked & -PAGE;
                long kept = walked == 0 ? 0 : words.original(base) | walked & PAGE - 1;
                visitor.visit(address, page[PagedMemory.PHYSICAL_BASE], kept);
            });
        }
    }

    /** Drops all. The loop makes no iterator: mappings go often. */
    void forget() {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).forget();
        }
    }

    void forget(@VirtAddr long vaddr, @Bytes long bytes) {
        for (int i = 0; i < windows.size(); i++) {
            windows.get(i).forget(vaddr, bytes);
        }
    }
}
