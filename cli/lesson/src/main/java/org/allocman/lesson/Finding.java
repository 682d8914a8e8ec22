package org.allocman.lesson;

/**
 * One way in which a machine is not what a task asked for.
 *
 * @param id a short name of the mistake, the same for everybody who makes it
 * @param difference what is different from what was wanted, with the figures of this machine
 * @param idea what to look at again
 */
public record Finding(String id, String difference, String idea) {}
