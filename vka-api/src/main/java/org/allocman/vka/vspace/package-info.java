/**
 * Address spaces. You need {@link org.allocman.vka.vspace.VSpace} to map, unmap and protect ranges of pages; {@link
 * org.allocman.vka.vspace.PageMapper} maps one page for those who keep lists of their own, with a {@link
 * org.allocman.vka.vspace.TableSource} that says where paging structures come from.
 */
@NullMarked
package org.allocman.vka.vspace;

import org.jspecify.annotations.NullMarked;
