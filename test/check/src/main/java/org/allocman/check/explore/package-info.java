/**
 * Every reachable state of something small, breadth first, so that a history that breaks a rule is as short as can be. {@link
 * org.allocman.check.explore.Explorer} does it; {@link org.allocman.check.explore.TransitionSystem} is what is to be
 * written to have a thing of one's own explored; {@link org.allocman.check.explore.ToySystem} is an example.
 */
package org.allocman.check.explore;
