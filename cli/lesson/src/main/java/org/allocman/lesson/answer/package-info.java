/** Learners' answers: how a file is read, compiled, run within limits, and judged. */
package org.allocman.lesson.answer;
