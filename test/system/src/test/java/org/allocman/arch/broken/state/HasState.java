package org.allocman.arch.broken.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Every way to keep state outside of the memory. */
final class HasState {
    static long total;
    long counter;
    final long[] table = new long[4];
    final List<Long> list = new ArrayList<>();
    final AtomicLong atomic = new AtomicLong();
    final StringBuilder text = new StringBuilder();
    final Object anything = new Object();
    final Geometry<List<String>> geometry = new Geometry<>(1);

    record Geometry<T>(int bits) {}

    Runnable hidden() {
        return new Runnable() {
            private int runs;

            @Override
            public void run() {
                runs++;
            }
        };
    }
}
