/** The command {@code lesson}: tasks on simulated machines, checked by the machine's state. */
package org.allocman.cli.lesson;
