/** The command {@code lesson grade}: many answers of many students, checked one by one. */
package org.allocman.cli.lesson.grade;
