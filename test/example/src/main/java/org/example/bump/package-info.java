/** An allocator of one's own, as small as one can be. */
package org.example.bump;
