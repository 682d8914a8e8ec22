/**
 * {@code allocman uvisor}: a microcontroller's memory in the manner of uVisor. Boxes are placed, a firmware update takes
 * memory and gives it back, boxes work and are kept apart, and the map of the RAM is drawn before, during and after.
 */
package org.allocman.cli.uvisor;
