/**
 * Bugs that happened, each behind a port of ours beside what is right, so that anybody can see a checker find one. What a user needs is
 * {@link org.allocman.check.museum.Museum}.
 */
package org.allocman.check.museum;
