/**
 * A task whole: CSpace, address space, thread and IPC buffer from one call, all or nothing, and given back by one call. {@link
 * org.allocman.vka.task.Task#make} makes one, {@link org.allocman.vka.task.TaskOptions} says what it has.
 */
@NullMarked
package org.allocman.vka.task;

import org.jspecify.annotations.NullMarked;
