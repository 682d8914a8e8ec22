/** Benchmarks. Times are only compared with times of the same run; what is deterministic is asserted in tests instead. */
package org.allocman.bench;
