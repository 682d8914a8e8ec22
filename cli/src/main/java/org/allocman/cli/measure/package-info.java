/** {@code allocman measure}: the measured works, and what they cost. */
package org.allocman.cli.measure;
