/**
 * The measured works: what they do, and what they cost in invocations, slots, bytes and garbage. Tests assert the
 * costs, {@code allocman measure} prints them, benchmarks take the time. {@link org.allocman.lab.measure.Work} runs one;
 * {@link org.allocman.lab.measure.Churn} and the like do the work alone, on whatever kernel they are given.
 */
package org.allocman.lab.measure;
