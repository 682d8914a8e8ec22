/**
 * The machines that can be explored, each small enough to see all of it: {@link org.allocman.check.systems.KernelSubject}
 * for a kernel.
 */
package org.allocman.check.systems;
