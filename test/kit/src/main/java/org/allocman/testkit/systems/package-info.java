/**
 * The machines that can be explored, each small enough to see all of it: {@link org.allocman.testkit.systems.KernelSubject}
 * for a kernel.
 */
package org.allocman.testkit.systems;
