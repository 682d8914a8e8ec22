/**
 * What a {@link org.allocman.vka.Kernel} has to do, as rules that anybody's kernel can be held to, without a test library: each has
 * a level, what the manager needs or what seL4 does, and belongs to a part that a kernel may lack. {@link
 * org.allocman.check.contract.KernelRules} has all of them.
 */
@NullMarked
package org.allocman.check.contract;

import org.jspecify.annotations.NullMarked;
