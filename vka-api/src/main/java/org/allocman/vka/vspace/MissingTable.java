package org.allocman.vka.vspace;

import org.allocman.qual.CPtr;
import org.allocman.qual.SizeBits;
import org.allocman.qual.VirtAddr;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/**
 * A paging structure without which the kernel does not map a page.
 *
 * @param type its type
 * @param vspace the root of the address space that lacks it
 * @param vaddr the address of the page
 * @param spanBits how many bytes of addresses it serves, in bits: its first address is {@code vaddr} with as many low bits
 *     cleared
 * @param error what the kernel returned when the page was to be mapped
 */
public record MissingTable(
        ObjectType type,
        @CPtr long vspace,
        @VirtAddr long vaddr,
        @SizeBits int spanBits,
        KernelError error) {}
