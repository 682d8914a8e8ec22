package org.allocman.vka;

import org.allocman.qual.Bytes;
import org.allocman.qual.PhysAddr;

/**
 * The memory protection unit of a microcontroller, as privileged code programs it. Unprivileged code reaches what an enabled
 * region covers and nothing else.
 */
public interface Mpu {
    /** No protection: the whole program may reach everything. */
    Mpu NONE = new Mpu() {
        @Override
        public int regions() {
            return 0;
        }

        @Override
        public void load(int region, @PhysAddr long base, @Bytes long bytes, boolean writable, int disabled) {
            throw new IllegalArgumentException("there is no region " + region);
        }

        @Override
        public void disable(int region) {
            throw new IllegalArgumentException("there is no region " + region);
        }
    };

    /**
     * How many regions there are.
     *
     * @return the number, 0 if nothing is protected
     */
    int regions();

    /**
     * Fills and enables a region.
     *
     * @param region its number, 0 to {@link #regions} - 1
     * @param base the first byte
     * @param bytes how many; which sizes and bases there can be depends on the unit
     * @param writable whether it may be written as well as read
     * @param disabled a bit for each eighth that is switched off, the lowest address first; 0 if the unit has no eighths
     * @throws IllegalArgumentException if the unit has no such region
     */
    void load(int region, @PhysAddr long base, @Bytes long bytes, boolean writable, int disabled);

    /**
     * Disables a region.
     *
     * @param region its number, 0 to {@link #regions} - 1
     * @throws IllegalArgumentException if the unit has no such region
     */
    void disable(int region);
}
