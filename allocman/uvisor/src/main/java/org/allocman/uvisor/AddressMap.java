package org.allocman.uvisor;

import java.util.List;

/**
 * What is where on a board beside RAM.
 *
 * @param devices what boxes may be given
 * @param aliases where something is seen that lies elsewhere
 * @param kept what nobody is given
 */
public record AddressMap(List<AddressRange> devices, List<AddressAlias> aliases, List<Kept> kept) {
    /**
     * Copies the lists.
     *
     * @param devices what boxes may be given
     * @param aliases where something is seen that lies elsewhere
     * @param kept what nobody is given
     */
    public AddressMap {
        devices = List.copyOf(devices);
        aliases = List.copyOf(aliases);
        kept = List.copyOf(kept);
    }

    /**
     * A board of which only the devices are known.
     *
     * @param devices what boxes may be given
     * @return a map without aliases
     */
    public static AddressMap of(List<AddressRange> devices) {
        return new AddressMap(devices, List.of(), List.of());
    }

    /**
     * Something that nobody is given.
     *
     * @param range where it is
     * @param what what it is, for instance {@code the kernel's device timer}
     */
    public record Kept(AddressRange range, String what) {}
}
