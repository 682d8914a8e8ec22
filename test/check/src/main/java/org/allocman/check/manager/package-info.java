/** Laws that a resource manager has to keep, checked against the kernel's own slots. */
package org.allocman.check.manager;
