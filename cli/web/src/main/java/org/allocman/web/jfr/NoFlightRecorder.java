package org.allocman.web.jfr;

import org.teavm.extension.spi.substitution.SubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Tells the compiler that the classes of this package are taken for those of {@code jdk.jfr}. */
public final class NoFlightRecorder implements SubstitutionPolicy {
    /** Makes the policy. */
    public NoFlightRecorder() {}

    @Override
    public void contribute(SubstitutionSink sink) {
        sink.substitutePackage("jdk.jfr", "org.allocman.web.jfr");
    }
}
