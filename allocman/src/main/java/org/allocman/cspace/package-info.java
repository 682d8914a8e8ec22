/**
 * CSpace managers: which capability slot is free. {@link org.allocman.cspace.CSpace} is the interface; runs of slots
 * serve the untyped manager, single slots the users. Nothing here invokes the kernel.
 */
@NullMarked
package org.allocman.cspace;

import org.jspecify.annotations.NullMarked;
