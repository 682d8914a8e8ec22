/**
 * The resource manager. {@link org.allocman.manager.Allocman} is its native interface, plain numbers and no object an
 * operation; {@link org.allocman.manager.AllocmanVka} is the friendly one on top.
 *
 * <p>How the circle is kept from closing: slots need untypeds, untypeds need slots and book-keeping, book-keeping needs
 * memory, memory needs frames. An operation here takes from what is ready only, and refuses before it touches the
 * {@link org.allocman.manager.GrowthReserve}, which is what one growth of the pool can need. Growing the pool is an operation like any other, made between two operations and never within
 * one, so nothing is entered twice.
 */
@NullMarked
package org.allocman.manager;

import org.jspecify.annotations.NullMarked;
