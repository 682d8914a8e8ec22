/**
 * Recordings of uVisor, done again: {@link org.allocman.conformance.uvisor.UvisorReplay} tells by the content which of the three
 * kinds a recording is, the block pool, the static regions of boxes, or the queue of slots.
 */
package org.allocman.conformance.uvisor;
