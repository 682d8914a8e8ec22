/**
 * Managers on top of managers: a child manager lives on what another {@link org.allocman.vka.Vka} gives it. It asks its parent for
 * untypeds, slots and the frames of its static pool, asks for more when it runs short, returns what is whole, and returns
 * everything when it is closed. {@link org.allocman.child.ChildManager} opens one, {@link org.allocman.child.ChildOptions} says how
 * much it may have and where its pools lie.
 */
@NullMarked
package org.allocman.child;

import org.jspecify.annotations.NullMarked;
