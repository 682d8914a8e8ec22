/**
 * Address spaces: page tables as the hardware reads them, ASIDs, MPU regions, and the checks of the paging invocations.
 * {@link org.allocman.sim.kernel.paging.CurrentSpace} is the hardware's side.
 */
@NullMarked
package org.allocman.sim.kernel.paging;

import org.jspecify.annotations.NullMarked;
