/**
 * Rounds of work on many machines: {@link org.allocman.testkit.sweep.Rounds} does them on one {@link
 * org.allocman.testkit.sweep.Setting}, and says what did not come back.
 */
package org.allocman.testkit.sweep;
