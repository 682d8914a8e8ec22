/**
 * What must hold of a kernel between two invocations. {@link org.allocman.check.invariants.KernelInvariants} lists the
 * laws; each looks at a {@link org.allocman.check.invariants.KernelView} and names what breaks it. Names are those of
 * the abstract invariants in seL4's proofs.
 */
package org.allocman.check.invariants;
