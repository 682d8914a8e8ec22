/**
 * The capability kernel. It keeps no Java state: its fields are a memory and a geometry, and everything it knows lies in
 * the kernel objects' own bytes.
 */
package org.allocman.sim.kernel;
