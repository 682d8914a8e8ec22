/**
 * The kernel arguments of Xous, which say what memory a board has: {@link org.allocman.vka.args.KernelArguments} is what
 * they say, {@link org.allocman.vka.args.ArgumentsFile} reads and writes their forms, and
 * {@link org.allocman.vka.args.RangeList} makes the list of ranges from a chip's description.
 *
 * <p>It is here because both sides need it: a board can be made of arguments, and the whitelist of Xous is one.
 */
@NullMarked
package org.allocman.vka.args;

import org.jspecify.annotations.NullMarked;
