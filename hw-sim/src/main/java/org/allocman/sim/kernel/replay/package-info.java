/**
 * Replaying what a real kernel did: {@link org.allocman.sim.kernel.replay.KernelReplay} rebuilds the recorded start,
 * performs every step and compares answers, slots and the derivation list.
 */
package org.allocman.sim.kernel.replay;
