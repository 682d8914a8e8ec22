package org.allocman.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import org.allocman.lab.machine.ManagedMachine;
import org.allocman.sim.board.Board;
import org.allocman.sim.board.Region;
import org.allocman.vka.Architecture;
import org.allocman.wire.RemoteMachine;
import org.allocman.wire.WireConnection;
import org.allocman.wire.WireConnections;

/** A server on this machine, with small boards, and connections to it. */
final class LocalServer implements AutoCloseable {
    static final ManagedMachine.Pools POOLS = new ManagedMachine.Pools(-1, 1 << 18);

    final MachineServer server;
    private final int port;

    LocalServer(ServedBoards boards, ServeLimits limits) {
        server = new MachineServer(boards, limits);
        try {
            port = server.listen(InetAddress.getLoopbackAddress(), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    static LocalServer usual() {
        return new LocalServer(new ServedBoards(board(Architecture.RISCV64), POOLS, false), ServeLimits.USUAL);
    }

    static Board board(Architecture architecture) {
        Region memory = new Region("memory", Region.Kind.RAM, 0x2000_0000L, 1 << 20);
        Region device = new Region("device", Region.Kind.DEVICE, 0x1000_0000L, 1 << 14);
        return new Board("small", architecture, List.of(memory, device), List.of());
    }

    String where() {
        return InetAddress.getLoopbackAddress().getHostAddress() + ":" + port;
    }

    int port() {
        return port;
    }

    WireConnection connect() {
        return WireConnections.open(where(), WireConnections.PATIENCE);
    }

    RemoteMachine boot(String which) {
        return RemoteMachine.boot(connect(), which, null);
    }

    @Override
    public void close() {
        server.close();
    }
}
