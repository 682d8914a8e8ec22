/** {@code allocman serve}. */
package org.allocman.cli.serve;
