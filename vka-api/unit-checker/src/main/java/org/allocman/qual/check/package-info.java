/**
 * The check of the type qualifiers of {@link org.allocman.qual}: {@link org.allocman.qual.check.UnitChecker} is the
 * annotation processor.
 */
package org.allocman.qual.check;
