/** What commands need that write their run as a page: the options, the recording, and the line that makes it again. */
package org.allocman.cli.page;
