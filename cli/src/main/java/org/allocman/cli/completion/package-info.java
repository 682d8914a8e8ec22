/** {@code allocman completion}: what a shell needs to complete the command's words. */
package org.allocman.cli.completion;
