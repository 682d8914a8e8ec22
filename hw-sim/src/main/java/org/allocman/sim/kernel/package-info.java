/**
 * The capability kernel. It keeps no Java state: its fields are a memory and a geometry, and everything it knows lies in
 * the kernel objects' own bytes.
 *
 * <p>{@link org.allocman.sim.kernel.SimKernel} is the kernel; {@link org.allocman.sim.kernel.Slots} reads and writes
 * capabilities, {@link org.allocman.sim.kernel.DerivationList} keeps their order, {@link
 * org.allocman.sim.kernel.CapabilityLookup} finds them. Address spaces are behind {@link
 * org.allocman.sim.kernel.AddressSpaces}.
 */
@NullMarked
package org.allocman.sim.kernel;

import org.jspecify.annotations.NullMarked;
