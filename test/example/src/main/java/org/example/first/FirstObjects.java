package org.example.first;

import static org.allocman.vka.VkaException.orThrow;

import io.vavr.control.Either;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Boards;
import org.allocman.vka.ObjectType;
import org.allocman.vka.Vka;
import org.allocman.vka.VkaError;
import org.allocman.vka.VkaLease;
import org.allocman.vka.VkaObject;

/** Boots a board, puts a manager on it, and asks it for objects. */
public final class FirstObjects {
    private FirstObjects() {}

    /**
     * Does it and prints what it gets.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        ManagedMachine machine = ManagedMachine.start(Boards.byName("tiny"));
        Vka vka = machine.vka();

        VkaObject endpoint = orThrow(vka.endpoint());
        System.out.println(endpoint); // endpoint of 2^4 bytes in slot ...
        System.out.println("at 0x" + Long.toHexString(orThrow(vka.physicalAddress(endpoint))));

        Either<VkaError, VkaObject> refused = vka.frameAt(12, 0x1234);
        System.out.println(refused.getLeft()); // says that the address is no multiple of the size

        try (VkaLease frame = vka.lease(ObjectType.SMALL_PAGE, 0)) {
            System.out.println(frame.object()); // given back at the end of the block
        }
        vka.freeOrThrow(endpoint);
    }
}
