/**
 * Breaking the circle. At first nothing can be allocated: a record needs memory, memory needs a frame, a frame needs an
 * untyped, a slot and a record. What breaks it is memory that exists already: a static pool, pages of the root task's own
 * image. {@link org.allocman.bootstrap.BootstrapPlan} computes how much of it is needed,
 * {@link org.allocman.bootstrap.Bootstrap} builds the manager in it and then makes the virtual pool, whose pages the
 * manager itself allocates.
 */
@NullMarked
package org.allocman.bootstrap;

import org.jspecify.annotations.NullMarked;
