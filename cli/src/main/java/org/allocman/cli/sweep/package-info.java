/** {@code allocman sweep}: rounds of work on many machines. */
package org.allocman.cli.sweep;
