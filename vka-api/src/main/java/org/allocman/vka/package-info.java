/**
 * The ports, {@link org.allocman.vka.Vka}, {@link org.allocman.vka.Kernel} and {@link org.allocman.vka.Memory}, and the
 * values that pass through them. Anyone's kernel can implement {@code Kernel} and {@code Memory}, anyone's allocator
 * {@code Vka}; everything else of allocman is written against these alone.
 *
 * <p>Numbers are unsigned unless a method says otherwise. Sizes are in bytes, or in bits where the name ends in
 * {@code Bits}: a size of {@code b} bits is {@code 1L << b} bytes.
 */
@NullMarked
package org.allocman.vka;

import org.jspecify.annotations.NullMarked;
