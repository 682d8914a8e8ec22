/**
 * The memory protection unit of a microcontroller: {@link org.allocman.sim.mpu.SimMpu} is its registers, and the way from
 * there to what unprivileged code may reach.
 */
@NullMarked
package org.allocman.sim.mpu;

import org.jspecify.annotations.NullMarked;
