/** Machines that are smaller than a booted board: what a test or a measurement needs and no more. */
package org.allocman.lab.machine;
