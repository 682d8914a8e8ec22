/** {@code allocman boot}: the main job. A board boots, the circle is broken, objects come and go, nothing is lost. */
package org.allocman.cli.boot;
