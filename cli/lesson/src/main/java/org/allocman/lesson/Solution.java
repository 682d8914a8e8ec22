package org.allocman.lesson;

/**
 * What a learner writes: a class with a constructor that takes nothing.
 *
 * @param <D> what the lesson puts on the desk, for instance {@link RootTask}
 */
@FunctionalInterface
public interface Solution<D> {
    /**
     * Does the task. What counts is the state of the machine afterwards.
     *
     * @param desk what there is to work with
     * @throws Exception whatever goes wrong; it is shown with the line it came from
     */
    void solve(D desk) throws Exception;
}
