/** {@code allocman explore}: every reachable state of a small machine. */
package org.allocman.cli.explore;
