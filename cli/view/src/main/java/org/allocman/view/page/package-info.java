/** Writes a recorded run as one HTML page that needs nothing else. */
package org.allocman.view.page;
