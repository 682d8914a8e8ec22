/**
 * Laws about Xous on a machine: {@link org.allocman.testkit.xous.XousInvariants} says of a
 * {@link org.allocman.testkit.machine.XousMachine} what is broken between two calls.
 */
package org.allocman.testkit.xous;
