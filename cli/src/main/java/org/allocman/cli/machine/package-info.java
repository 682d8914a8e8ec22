/** A machine that commands work on: booted as the options say, with a manager or without, or read from a saved image. */
package org.allocman.cli.machine;
