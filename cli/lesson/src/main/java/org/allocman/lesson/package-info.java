/**
 * Lessons, and what learners' programs see of them. {@link org.allocman.lesson.Lesson} is what a lesson is: a text, a machine to
 * start from, a check of the machine's state. {@link org.allocman.lesson.Solution} is what a learner writes, and
 * {@link org.allocman.lesson.RootTask} the desk that most lessons put it at. The lessons are in
 * {@code org.allocman.lesson.course}.
 */
package org.allocman.lesson;
