/**
 * Histories of other people's managers, done again. {@link org.allocman.conformance.AllocmanReplay}: the split manager in
 * its compatible mode has to answer as libsel4allocman did. {@link org.allocman.conformance.XousReplay}: the book of pages
 * has to answer as Xous did.
 */
package org.allocman.conformance;
