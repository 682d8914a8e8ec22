/** A machine that is worked with line by line in a page, and everything that it shows. */
package org.allocman.web;
