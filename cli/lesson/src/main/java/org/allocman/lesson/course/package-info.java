/** The lessons, each a class with its texts beside it; {@link org.allocman.lesson.course.Course} has them in order. */
package org.allocman.lesson.course;
