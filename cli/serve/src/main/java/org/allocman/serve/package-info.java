/**
 * Simulated machines behind the protocol of {@link org.allocman.wire}. {@link org.allocman.serve.MachineServer} answers whoever
 * comes, each with a machine of its own; {@link org.allocman.serve.RequestHandler} is one client's end, without any connection.
 */
@NullMarked
package org.allocman.serve;

import org.jspecify.annotations.NullMarked;
