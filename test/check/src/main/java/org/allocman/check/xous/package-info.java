/**
 * Laws about Xous on a machine: {@link org.allocman.check.xous.XousInvariants} says of a
 * {@link org.allocman.lab.machine.XousMachine} what is broken between two calls.
 */
package org.allocman.check.xous;
