/**
 * A protocol of lines of text for the ports: a request is a line in the language of scripts, its answer is one line. {@link
 * org.allocman.wire.RemoteMachine} is where to start: it boots a machine on the other end of a {@link
 * org.allocman.wire.WireConnection}, whose kernel, memory and allocator are {@link org.allocman.wire.RemoteKernel}, {@link
 * org.allocman.wire.RemoteMemory} and {@link org.allocman.wire.RemoteVka}.
 */
@NullMarked
package org.allocman.wire;

import org.jspecify.annotations.NullMarked;
