/**
 * What can be done to a machine, written once: an {@link org.allocman.check.action.Action} has a name, says when it is
 * enabled, and checks what it does. A {@link org.allocman.check.action.Subject} is a machine with its actions and its
 * rules. The explorer takes every action in every state; chains take some at random; a broken implementation behind the same
 * ports is judged by the same actions.
 */
package org.allocman.check.action;
