/** Kernels that stand before another kernel: to count its invocations, or to refuse some of them. */
package org.allocman.lab.kernel;
