package org.allocman.untyped;

/** Who a request is made for. The reserve is what tells them apart: clients leave it. */
public enum Requester {
    /** A client, or the manager for an object of a client's. */
    CLIENT,

    /** The pools, for their own growth: they alone may use the reserve. */
    POOLS
}
