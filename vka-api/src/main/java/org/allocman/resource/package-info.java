/**
 * Kinds of memory that sit on top of the manager: {@link org.allocman.resource.ResourceType} is what all of them can be
 * asked, {@link org.allocman.resource.ResourceRefusal} why they say no. A kind takes its memory from a
 * {@link org.allocman.vka.Vka}, each unit at its own physical address, so that one piece of memory is never in two kinds.
 */
@NullMarked
package org.allocman.resource;

import org.jspecify.annotations.NullMarked;
