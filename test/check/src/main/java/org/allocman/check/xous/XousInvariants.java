package org.allocman.check.xous;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.allocman.check.invariants.Invariant;
import org.allocman.lab.machine.XousMachine;
import org.allocman.sim.memory.Fingerprint;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.args.NamedRange;
import org.allocman.xous.FrameTable;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.Whitelist;
import org.allocman.xous.process.AddressLayout;
import org.allocman.xous.process.KernelMapping;

/**
 * Laws of Xous' pages and processes, between two calls. What a process has mapped is read from its page tables, as the MMU
 * reads them, and compared with what the books say.
 */
public final class XousInvariants {
    /** Every page has one owner or none, and who sees it owns it or has it on loan. */
    public static final Invariant<XousMachine> ONE_OWNER = new Invariant<>(
            "one owner",
            "every page has one owner or none; who has it mapped owns it or has it on loan, alone, and at no more places than are known",
            XousInvariants::oneOwner);

    /** Nobody sees what is not listed. */
    public static final Invariant<XousMachine> WHITELIST_ONLY = new Invariant<>(
            "whitelist only",
            "what a process has mapped is a page of the whitelist, and not another address of the same memory",
            XousInvariants::whitelistOnly);

    /** Who asks for what there is not costs nothing. */
    public static final Invariant<XousMachine> TABLE_SIZE_IS_FIXED = new Invariant<>(
            "table size is fixed",
            "asking for addresses that are no page is refused, and changes no bit of the tables",
            XousInvariants::tableSizeIsFixed);

    /** The kernel's windows are in every process, for the kernel alone. */
    public static final Invariant<XousMachine> KERNEL_WINDOWS = new Invariant<>(
            "kernel windows",
            "0x1000000, 0x2000000 and 0x4000000 are mapped in every process to pages of the kernel's, which user code does not see",
            XousInvariants::kernelWindows);

    /** What PID 1 maps is in every process, for the kernel alone. */
    public static final Invariant<XousMachine> KERNEL_MAPPINGS = new Invariant<>(
            "kernel mappings",
            "what PID 1 has mapped is a page of its own, in every process at the same address, which user code does not see",
            XousInvariants::kernelMappings);

    /** RAM is seen once, where the rules are those. */
    public static final Invariant<XousMachine> RAM_ONCE = new Invariant<>(
            "RAM once",
            "by the rules of pull request 980, a page of RAM is mapped at one place, of its owner or of who has it on loan",
            XousInvariants::ramOnce);

    /** Who has ended has nothing. */
    public static final Invariant<XousMachine> EXIT_FREES_ALL = new Invariant<>(
            "exit frees all",
            "no page is owned by a process that has ended, and every page that is lent is with one that runs",
            XousInvariants::exitFreesAll);

    /** The tables of pages and of objects agree. */
    public static final Invariant<XousMachine> TABLES_AGREE = new Invariant<>(
            "tables agree",
            "an owned page holds an object, a free one none, and as many pages of RAM are free as are counted",
            XousInvariants::tablesAgree);

    private static final List<Invariant<XousMachine>> ALL = List.of(
            ONE_OWNER,
            WHITELIST_ONLY,
            TABLE_SIZE_IS_FIXED,
            KERNEL_WINDOWS,
            KERNEL_MAPPINGS,
            RAM_ONCE,
            EXIT_FREES_ALL,
            TABLES_AGREE);

    private XousInvariants() {}

    /**
     * The laws.
     *
     * @return all of them
     */
    public static List<Invariant<XousMachine>> all() {
        return ALL;
    }

    /**
     * Checks all laws.
     *
     * @param machine the machine
     * @return what is broken, each with the law's name in front; empty if all is well
     */
    public static List<String> check(XousMachine machine) {
        return Invariant.check(ALL, machine);
    }

    private static boolean isWindow(long vaddr) {
        for (long window : AddressLayout.kernelWindows()) {
            if (window == vaddr) {
                return true;
            }
        }
        return false;
    }

    /** Where processes have pages mapped that are in the whitelist, but for what PID 1 has mapped there. */
    private static Map<Long, List<ProcessMapping>> mappingsByPage(XousMachine machine) {
        Set<Long> ofKernel = new HashSet<>();
        machine.system().kernelMappings().forEach(mapping -> ofKernel.add(mapping.virtual()));
        Map<Long, List<ProcessMapping>> mappings = new TreeMap<>();
        for (ProcessMapping mapped : ProcessMapping.in(machine)) {
            long page = machine.system().allocations().whitelist().pageAt(mapped.frame());
            if (page >= 0 && !isWindow(mapped.vaddr()) && !ofKernel.contains(mapped.vaddr())) {
                mappings.computeIfAbsent(page, is -> new ArrayList<>()).add(mapped);
            }
        }
        return mappings;
    }

    private static List<String> oneOwner(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        FrameTable frames = machine.system().frames();
        mappingsByPage(machine).forEach((page, all) -> {
            int owner = allocations.owner(page);
            for (ProcessMapping mapped : all) {
                if (owner != mapped.pid() && !frames.isLent(page)) {
                    broken.add(mapped + ", which is " + owner + "'s and not lent");
                }
                if (mapped.pid() != all.get(0).pid()) {
                    broken.add(mapped + ", which is mapped elsewhere too");
                }
            }
            // what may not be accessed at all is mapped too, and is in no page table
            if (frames.mappings(page) < all.size()) {
                broken.add(all.get(all.size() - 1) + ", which is mapped elsewhere too: at " + all.size()
                        + " places, and " + frames.mappings(page) + " are known");
            }
        });
        return broken;
    }

    private static List<String> whitelistOnly(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        Whitelist whitelist = machine.system().allocations().whitelist();
        for (ProcessMapping mapped : ProcessMapping.in(machine)) {
            long page = whitelist.pageAt(mapped.frame());
            if (page < 0 || whitelist.address(page) != mapped.frame()) {
                broken.add(mapped + ", which is not listed");
            }
        }
        return broken;
    }

    private static List<String> tableSizeIsFixed(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        PhysicalMemory memory = machine.managed().machine().memory();
        Fingerprint before = memory.fingerprint();
        long bytes = allocations.tableBytes();
        for (long address : noPages(allocations.whitelist())) {
            long answer = allocations.claim(address, Pid.FIRST);
            if (answer >= 0
                    || allocations.tableBytes() != bytes
                    || !memory.fingerprint().equals(before)) {
                broken.add("a claim of 0x" + Long.toHexString(address) + " answers " + answer + ", and the table has "
                        + allocations.tableBytes() + " bytes instead of " + bytes);
                return broken;
            }
        }
        return broken;
    }

    /** Addresses that are no page: none at all, around each range, between two pages. */
    private static Set<Long> noPages(Whitelist whitelist) {
        Set<Long> addresses = new TreeSet<>(List.of(-1L, -(long) PAGE, Long.MIN_VALUE));
        for (int i = 0; i < whitelist.rangeCount(); i++) {
            NamedRange range = whitelist.range(i);
            addresses.add(range.start() + 1);
            for (long around : new long[] {range.start() - PAGE, range.end()}) {
                if (whitelist.pageAt(around) < 0) {
                    addresses.add(around);
                }
            }
        }
        return addresses;
    }

    private static List<String> kernelWindows(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
            if (!machine.system().isRunning(pid)) {
                continue;
            }
            for (long window : AddressLayout.kernelWindows()) {
                long page = allocations.whitelist().pageAt(machine.space(pid).kernelSees(window));
                if (page < 0 || allocations.owner(page) != Pid.KERNEL) {
                    broken.add("process " + pid + " has no page of the kernel's at 0x" + Long.toHexString(window));
                }
                if (machine.space(pid).translate(window) != 0) {
                    broken.add("process " + pid + " sees the kernel's window at 0x" + Long.toHexString(window));
                }
            }
        }
        return broken;
    }

    private static List<String> kernelMappings(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        for (KernelMapping mapping : machine.system().kernelMappings()) {
            String what = "0x" + Long.toHexString(mapping.physical());
            int owner = allocations.owner(allocations.whitelist().pageAt(mapping.physical()));
            if (owner != Pid.KERNEL) {
                broken.add(what + ", which PID 1 has mapped, is owned by " + owner);
            }
            for (int pid = Pid.FIRST; pid <= Pid.LAST; pid++) {
                if (!machine.system().isRunning(pid)) {
                    continue;
                }
                String where = " at 0x" + Long.toHexString(mapping.virtual());
                if (machine.space(pid).kernelSees(mapping.virtual()) != mapping.physical()) {
                    broken.add("process " + pid + " does not have " + what + " of PID 1's" + where);
                }
                if (machine.space(pid).translate(mapping.virtual()) != 0) {
                    broken.add("process " + pid + " sees " + what + " of PID 1's" + where);
                }
            }
        }
        return broken;
    }

    private static List<String> ramOnce(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        boolean mayBeTwice = machine.system().rules().allowSecondClaim(true);
        mappingsByPage(machine).forEach((page, all) -> {
            boolean isTwice = machine.system().frames().mappings(page) > 1 || all.size() > 1;
            if (page < allocations.whitelist().ramPages() && isTwice && !mayBeTwice) {
                broken.add(all.get(0) + ", and at another place too");
            }
        });
        return broken;
    }

    private static List<String> exitFreesAll(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        Set<Long> withBorrowers = new HashSet<>();
        for (ProcessMapping mapped : ProcessMapping.in(machine)) {
            long page = allocations.whitelist().pageAt(mapped.frame());
            if (page >= 0 && allocations.owner(page) != mapped.pid()) {
                withBorrowers.add(page);
            }
        }
        for (long page = 0; page < allocations.whitelist().pages(); page++) {
            int owner = allocations.owner(page);
            if (owner >= Pid.FIRST && !machine.system().isRunning(owner)) {
                broken.add("page " + page + " is owned by process " + owner + ", which has ended");
            }
            if (machine.system().frames().isLent(page) && !withBorrowers.contains(page)) {
                broken.add("page " + page + " of " + owner + " is lent, and nobody has it");
            }
        }
        return broken;
    }

    private static List<String> tablesAgree(XousMachine machine) {
        List<String> broken = new ArrayList<>();
        PageAllocations allocations = machine.system().allocations();
        long free = 0;
        for (long page = 0; page < allocations.whitelist().pages(); page++) {
            int owner = allocations.owner(page);
            boolean isHeld = machine.system().frames().isHeld(page);
            if (owner == Pid.FREE && isHeld) {
                broken.add("page " + page + " is free and holds an object");
            }
            if (owner >= Pid.FIRST && !isHeld) {
                broken.add("page " + page + " of " + owner + " holds no object");
            }
            free += owner == Pid.FREE && page < allocations.whitelist().ramPages() ? 1 : 0;
        }
        if (free != allocations.freeRamPages()) {
            broken.add(free + " pages of RAM are nobody's, and " + allocations.freeRamPages() + " are counted");
        }
        return broken;
    }
}
