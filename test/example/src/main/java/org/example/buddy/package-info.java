/**
 * A manager of untyped memory of one's own. {@link org.example.buddy.BuddyDesign} is what others are handed: pools are
 * planned from what it declares, and machines booted with it.
 */
package org.example.buddy;
