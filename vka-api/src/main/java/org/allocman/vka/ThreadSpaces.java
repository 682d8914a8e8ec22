package org.allocman.vka;

import org.allocman.qual.CPtr;

/**
 * The spaces of a thread, as {@link Kernel#tcbSetSpace} and {@link Kernel#tcbConfigure} set them.
 *
 * @param faultEndpoint cptr, in the thread's CSpace, of its fault handler; 0 for none
 * @param cspaceRoot the CSpace's root CNode
 * @param cspaceData guard data for the root; 0 leaves it as it is
 * @param vspaceRoot the address space
 * @param vspaceData ignored on the architectures we have
 */
public record ThreadSpaces(
        @CPtr long faultEndpoint,
        @CPtr long cspaceRoot,
        long cspaceData,
        @CPtr long vspaceRoot,
        long vspaceData) {}
