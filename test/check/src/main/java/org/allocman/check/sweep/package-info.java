/**
 * Rounds of work on many machines: {@link org.allocman.check.sweep.Rounds} does them on one {@link
 * org.allocman.check.sweep.Setting}, and says what did not come back.
 */
package org.allocman.check.sweep;
