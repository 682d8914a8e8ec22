package org.allocman.uvisor.box;

import java.util.List;

/**
 * The order of boxes that needs least memory. All orders are tried: the next is made from the one before by exchanging two,
 * and of equals the first is taken, so the answer is uVisor's.
 */
final class BoxOrder {
    private BoxOrder() {}

    /**
     * The best order.
     *
     * @param boxes the boxes, box 0 first, which stays where it is
     * @param start where the first may begin
     * @return their numbers
     */
    static int[] best(List<BoxConfig> boxes, long start) {
        int last = boxes.size() - 1;
        int[] order = new int[boxes.size()];
        int[] exchanged = new int[boxes.size() + 1];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        int[] best = order.clone();
        long least = Long.MAX_VALUE;
        int place = 1;
        exchanged[place] = place;
        // as a recursion would: at each place every later box stands once, and behind it all orders of the rest
        while (place >= 1) {
            if (place >= last) {
                long end = end(boxes, order, start);
                if (end < least) {
                    least = end;
                    best = order.clone();
                }
                place--;
                if (place >= 1) {
                    swap(order, place, exchanged[place]);
                    exchanged[place]++;
                }
            } else if (exchanged[place] <= last) {
                swap(order, place, exchanged[place]);
                place++;
                exchanged[place] = place;
            } else {
                place--;
                if (place >= 1) {
                    swap(order, place, exchanged[place]);
                    exchanged[place]++;
                }
            }
        }
        return best;
    }

    /** Where the last box ends. It counts the stacks as they were asked for, which may be less than they get. */
    private static long end(List<BoxConfig> boxes, int[] order, long start) {
        long at = start;
        for (int i = 1; i < order.length; i++) {
            BoxSizes sizes = boxes.get(order[i]).sizes();
            long bytes = EighthsLayout.regionBytes(sizes.stack(), sizes.data());
            at = EighthsLayout.base(at, bytes) + bytes;
        }
        return at;
    }

    private static void swap(int[] order, int one, int other) {
        int kept = order[one];
        order[one] = order[other];
        order[other] = kept;
    }
}
