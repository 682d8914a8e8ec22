/**
 * Address spaces: mapping a page with the paging structures that it needs. You need {@link
 * org.allocman.vka.vspace.PageMapper}, and a {@link org.allocman.vka.vspace.TableSource} that says where paging structures
 * come from.
 */
package org.allocman.vka.vspace;
