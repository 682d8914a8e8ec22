/**
 * Replaying what a real kernel did: {@link org.allocman.conformance.kernel.KernelReplay} rebuilds the recorded start,
 * performs every step and compares answers, slots and the derivation list.
 */
package org.allocman.conformance.kernel;
