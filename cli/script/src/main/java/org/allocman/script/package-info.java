/**
 * A small language of invocations and allocations, one a line. {@link org.allocman.script.Script} reads it, {@link
 * org.allocman.script.ScriptSession} carries it out on a machine and can undo it. What a line does is in the machine's memory;
 * only the names that lines give to their results are kept here.
 */
package org.allocman.script;
