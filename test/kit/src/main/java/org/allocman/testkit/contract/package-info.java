/**
 * Contracts: what any implementation of a port has to do, as abstract Jupiter test classes. Extend one, make what is to be
 * tested in its {@code subject} method, fresh each time, and JUnit runs the whole suite:
 *
 * <pre>{@code
 * class MyVkaTest extends VkaContract {
 *     @Override
 *     protected Subject subject(UnaryOperator<Kernel> stand) {
 *         return Subject.of(new MyVka(...));
 *     }
 * }
 * }</pre>
 *
 * <p>A contract asks the port alone; what else can be seen of an implementation (the laws it has of its own, the state of
 * its memory) is handed in with the subject, and is checked as well if it is there.
 */
package org.allocman.testkit.contract;
