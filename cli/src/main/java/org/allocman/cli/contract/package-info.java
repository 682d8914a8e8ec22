/** {@code allocman contract}. */
package org.allocman.cli.contract;
