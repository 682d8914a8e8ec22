package org.allocman.check.manager;

import static org.allocman.vka.PageSize.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.allocman.manager.Allocman;
import org.allocman.manager.PoolLayout;
import org.allocman.qual.Bytes;
import org.allocman.untyped.RecordAddress;

/** Where the records of a manager lie. */
final class RecordAddresses {

    private RecordAddresses() {}

    static List<String> violations(Allocman allocman) {
        TreeMap<Long, Integer> records = new TreeMap<>();
        for (RecordAddress place : allocman.untypeds().manager().recordsInUse()) {
            records.put(place.address(), place.kind().bytes());
        }
        PoolLayout layout = allocman.layout();
        List<String> broken = new ArrayList<>();
        long end = 0;
        for (Map.Entry<Long, Integer> record : records.entrySet()) {
            long start = record.getKey();
            String name = "the record at 0x" + Long.toHexString(start);
            if (start < end) {
                broken.add(name + " overlaps the one before it");
            }
            end = start + record.getValue();
            if (start / PAGE != (end - 1) / PAGE) {
                broken.add(name + " crosses a page");
            }
            if (!isIn(start, layout.base(), layout.bytes())
                    && !isIn(start, layout.windowBase(), layout.windowPages() * PAGE)) {
                broken.add(name + " lies in neither pool");
            }
        }
        return broken;
    }

    private static boolean isIn(long address, long base, @Bytes long bytes) {
        return address >= base && address - base < bytes;
    }
}
