/**
 * A manager of capability slots of one's own. {@link org.example.flat.FlatDesign} is what others are handed.
 */
package org.example.flat;
