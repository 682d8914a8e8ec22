/**
 * Histories of libsel4allocman, done again: {@link org.allocman.testkit.replay.AllocmanReplay} is the way in. The split
 * manager in its compatible mode has to answer as the C library did.
 */
package org.allocman.testkit.replay;
