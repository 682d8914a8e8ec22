/** What is written is true: links lead somewhere, code compiles, commands print what is shown, and the tables are complete. */
package org.allocman.docs;
