/** The shell: invocations and allocations typed one by one, looked at, undone, saved. */
package org.allocman.cli.shell;
