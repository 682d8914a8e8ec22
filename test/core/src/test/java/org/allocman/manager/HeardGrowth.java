package org.allocman.manager;

import java.util.ArrayList;
import java.util.List;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** What a manager told of its growth, in order. */
final class HeardGrowth implements GrowthListener {
    final List<String> heard = new ArrayList<>();

    @Override
    public void wanted(long page) {
        heard.add("wanted " + Long.toHexString(page));
    }

    @Override
    public void tableMissing(long page, KernelError error, ObjectType table) {
        heard.add("missing " + table + " " + Long.toHexString(page));
    }

    @Override
    public void grown(long page) {
        heard.add("grown " + Long.toHexString(page));
    }

    @Override
    public void shrunk(long page) {
        heard.add("shrunk " + Long.toHexString(page));
    }

    @Override
    public void secondLevelMade(int node, long slots) {
        heard.add("made " + node + " of " + slots);
    }

    @Override
    public void secondLevelGivenBack(int node) {
        heard.add("given back " + node);
    }

    /** Those that begin so; all that was heard is forgotten. */
    List<String> take(String start) {
        List<String> some =
                heard.stream().filter(text -> text.startsWith(start)).toList();
        heard.clear();
        return some;
    }
}
