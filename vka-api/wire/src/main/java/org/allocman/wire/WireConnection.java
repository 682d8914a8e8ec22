package org.allocman.wire;

import java.util.List;

/** Somebody who takes requests and answers each with a line, in order. */
public interface WireConnection extends AutoCloseable {
    /**
     * Asks.
     *
     * @param request a line, without id and without its end
     * @return the answer
     * @throws WireException if there is none, or it is no answer
     */
    WireAnswer ask(String request);

    /**
     * Asks many things at once: the requests go out together, so that one waits for the other end once and not for each.
     *
     * @param requests the lines
     * @return the answers, in the same order
     * @throws WireException if one is missing, or is no answer
     */
    List<WireAnswer> askAll(List<String> requests);

    /** Ends the connection; what the other end had for it is gone. */
    @Override
    void close();
}
