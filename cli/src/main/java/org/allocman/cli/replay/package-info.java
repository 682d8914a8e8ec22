/** {@code allocman replay}: what was recorded on real systems, done again and compared. */
package org.allocman.cli.replay;
