/**
 * Where the static memory of boxes goes at link time: {@link org.allocman.uvisor.box.BoxPlacement} takes what boxes want,
 * {@link org.allocman.uvisor.box.BoxConfig}, and answers with regions that the MPU can guard.
 */
package org.allocman.uvisor.box;
