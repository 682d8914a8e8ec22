/** Invariants of uVisor's memory ({@code UvisorInvariants}), and random work of boxes on it ({@code BoxWorkload}). */
package org.allocman.check.uvisor;
