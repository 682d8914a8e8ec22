package org.allocman.untyped;

/**
 * A record in use.
 *
 * @param address where it is
 * @param kind its kind
 */
public record RecordAddress(long address, RecordKind kind) {}
