/** {@code allocman plan}: how much pool a workload needs on a board, and whether it fits. */
package org.allocman.cli.plan;
