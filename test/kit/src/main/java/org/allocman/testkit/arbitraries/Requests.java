package org.allocman.testkit.arbitraries;

import io.vavr.control.Either;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaObject;

/**
 * Requests to an allocator, one after the other. It shrinks to fewer and simpler ones.
 *
 * @param requests what is asked for
 */
public record Requests(List<Request> requests) {
    private static final int MOST = 60;
    private static final int LARGEST_UNTYPED = 17;
    private static final int LARGEST_RADIX = 9;

    /**
     * Keeps a copy of the list.
     *
     * @param requests what is asked for
     */
    public Requests {
        requests = List.copyOf(requests);
    }

    /**
     * A request.
     *
     * @param type what to allocate
     * @param size size bits of an untyped, radix of a CNode, otherwise ignored; it may be illegal
     * @param free which of the live objects to free instead, counted round and round; negative to allocate
     */
    public record Request(ObjectType type, int size, int free) {}

    /**
     * Work of all sorts.
     *
     * @return the arbitrary
     */
    public static Arbitrary<Requests> arbitrary() {
        Arbitrary<Integer> sizes = Arbitraries.integers()
                .between(1, LARGEST_RADIX)
                .edgeCases(config -> {
                    config.add(1);
                    config.add(LARGEST_RADIX);
                });
        Arbitrary<Integer> untyped = Arbitraries.integers().between(4, LARGEST_UNTYPED);
        Arbitrary<Request> allocate = Arbitraries.frequencyOf(
                Tuple.of(
                        4,
                        Arbitraries.of(ObjectType.ENDPOINT, ObjectType.TCB, ObjectType.SMALL_PAGE)
                                .map(type -> new Request(type, 0, -1))),
                Tuple.of(2, sizes.map(size -> new Request(ObjectType.CNODE, size, -1))),
                Tuple.of(2, untyped.map(size -> new Request(ObjectType.UNTYPED, size, -1))),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(ObjectType.values()), Arbitraries.of(-1, 0, 3, 63, 64))
                                .as((type, size) -> new Request(type, size, -1))));
        Arbitrary<Request> free =
                Arbitraries.integers().between(0, MOST).map(which -> new Request(ObjectType.ENDPOINT, 0, which));
        return Arbitraries.frequencyOf(Tuple.of(3, allocate), Tuple.of(2, free))
                .list()
                .ofMaxSize(MOST)
                .map(Requests::new);
    }

    /**
     * Does the work.
     *
     * @param vka who is asked
     * @return what is live at the end
     * @throws IllegalStateException if the allocator refuses to free what it gave
     */
    public List<VkaObject> run(Vka vka) {
        List<VkaObject> live = new ArrayList<>();
        for (Request request : requests) {
            if (request.free < 0) {
                Either<VkaError, VkaObject> answer = vka.allocate(request.type, request.size);
                answer.peek(live::add);
            } else if (!live.isEmpty()) {
                vka.free(live.remove(request.free % live.size())).peek(error -> {
                    throw new IllegalStateException(error.toString());
                });
            }
        }
        return live;
    }
}
