/** Worksheets: random operations with blanks to fill in; a machine computes what belongs there. */
package org.allocman.lesson.sheet;
