package org.allocman.sim.kernel.paging;

/**
 * Entries of the second stage of translation, which a hypervisor has for its users (Arm ARM, "VMSAv8-64 stage 2 attribute
 * fields").
 */
final class Aarch64StageTwoEntries extends Aarch64Entries {
    /*
     *   as those of the first stage, but: 2 to 5 memory type, all ones for memory that is written back; 6 and 7 one bit for
     *   reading and one for writing; 11 zero, for there is no global
     */
    private static final int TYPE_SHIFT = 2;
    private static final long NORMAL_MEMORY = 0xf;
    private static final int ACCESS_SHIFT = 6;
    private static final long ACCESS = 3L << ACCESS_SHIFT;
    private static final long READ_ONLY = 1;
    private static final long READ_WRITE = 3;
    private static final long TYPE = 0xfL << TYPE_SHIFT;
    private static final long NOT_GLOBAL = 1 << 11;
    private static final long CACHEABLE_ATTRIBUTE = 1;

    @Override
    public long access(long entry, int bits) {
        long access = entry >>> ACCESS_SHIFT & 3;
        return access == READ_WRITE ? READABLE | WRITABLE : access == READ_ONLY ? READABLE : 0;
    }

    @Override
    public long page(long address, int bits, int rights, long attributes) {
        long access = rights == readWrite() ? READ_WRITE : rights == readOnly() ? READ_ONLY : 0;
        long type = (attributes & CACHEABLE_ATTRIBUTE) != 0 ? NORMAL_MEMORY << TYPE_SHIFT : 0;
        return super.page(address, bits, 0, attributes) & ~(NOT_GLOBAL | TYPE | ACCESS) | access << ACCESS_SHIFT | type;
    }
}
