/** Boot: a board and its memory become a running kernel with a root task. */
package org.allocman.sim.boot;
