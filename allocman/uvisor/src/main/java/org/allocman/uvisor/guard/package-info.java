/**
 * Keeping boxes apart with an MPU that has too few regions for all they may reach: a switch of boxes loads the stack and the
 * topmost blocks of a box, and the rest is swapped in when it faults. {@link org.allocman.uvisor.guard.BoxGuard} decides,
 * {@link org.allocman.uvisor.guard.GuardedMemory} is what a box sees, {@link org.allocman.uvisor.guard.AclTable} is what
 * boxes may reach beside blocks.
 */
package org.allocman.uvisor.guard;
