/**
 * What all parts of the microcontroller's memory manager go by: {@link org.allocman.uvisor.rules.MpuKind} knows which
 * regions a memory protection unit can have, {@link org.allocman.uvisor.rules.PageError} are the answers of the block
 * pool, {@link org.allocman.uvisor.rules.Halt} is why a configuration cannot start.
 */
package org.allocman.uvisor.rules;
