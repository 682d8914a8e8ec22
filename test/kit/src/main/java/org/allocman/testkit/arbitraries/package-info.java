/**
 * Arbitraries for jqwik: boards, memory maps, booted machines, kernels, the shapes of CSpaces, work, invocations valid and
 * invalid, layouts of boxes, hostile files. Small ones come first, and strange ones are among the edge cases: address 0, the
 * top of the address space, sizes at their limits, a last word of a bitmap that is partly there.
 *
 * <p>{@link org.allocman.testkit.arbitraries.AllocmanTypes} on a class or a property is all that is needed:
 *
 * <pre>{@code
 * @AllocmanTypes
 * class MyProperties {
 *     @Property
 *     boolean bootKeepsTheLaws(@ForAll Machine machine) { ... }
 *
 *     @Property
 *     boolean onOneArchitecture(@ForAll @Only("riscv64") Machine machine) { ... }
 * }
 * }</pre>
 */
package org.allocman.testkit.arbitraries;
