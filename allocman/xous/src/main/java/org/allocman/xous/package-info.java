/**
 * The memory of Xous: every page of a whitelist has at most one owner, a process, and is a frame obtained at its address.
 *
 * <p>{@link org.allocman.xous.Whitelist} says which pages there are, {@link org.allocman.xous.OwnerTable} whose they are,
 * {@link org.allocman.xous.PageAllocations} has the rules, {@link org.allocman.xous.FrameTable} the frames, and
 * {@link org.allocman.xous.XousPages} shows all that as a {@link org.allocman.resource.ResourceType}. Processes are in
 * {@code org.allocman.xous.process}.
 */
package org.allocman.xous;
