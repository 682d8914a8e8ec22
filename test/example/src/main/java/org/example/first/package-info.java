/** The first objects: what the tutorial begins with. */
package org.example.first;
