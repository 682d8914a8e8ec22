package org.allocman.conformance.uvisor;

import org.allocman.sim.boot.RecordingException;

/** One kind of recording. */
interface RecordedPart {
    void line(RecordedLine line) throws RecordingException;

    /** Whether a recording may end here. */
    boolean isComplete() throws RecordingException;

    String missing();
}
