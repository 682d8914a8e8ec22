package org.allocman.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireError;
import org.checkerframework.checker.mustcall.qual.NotOwning;

/** Answers clients, each with a machine of its own, over any number of sockets, or over two streams. */
public final class MachineServer implements AutoCloseable {
    private static final long TICK_MILLIS = 50;

    private final ServedBoards boards;
    private final ServeLimits limits;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final List<AutoCloseable> sockets = new ArrayList<>();
    private volatile boolean isClosed;

    /**
     * A server that listens nowhere yet.
     *
     * @param boards which machines there are
     * @param limits what a client may take
     */
    public MachineServer(ServedBoards boards, ServeLimits limits) {
        this.boards = boards;
        this.limits = limits;
        start("watch", this::watch);
    }

    private static Thread start(String what, Runnable work) {
        Thread thread = new Thread(work, "allocman serve: " + what);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void watch() {
        try {
            while (!isClosed) {
                Thread.sleep(TICK_MILLIS);
                clients.forEach(client -> client.look(System.nanoTime()));
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** {@return how many clients are connected} */
    public int clients() {
        return clients.size();
    }

    /**
     * Answers one client until it goes.
     *
     * @param in its requests
     * @param out the answers
     */
    public void serve(@NotOwning InputStream in, @NotOwning OutputStream out) {
        serve(in, out, () -> {});
    }

    private void serve(@NotOwning InputStream in, @NotOwning OutputStream out, Runnable end) {
        Client client = new Client(in, out, end, boards, limits);
        clients.add(client);
        try {
            if (clients.size() > limits.clients()) {
                out.write(("- "
                                + WireAnswer.error(
                                                WireError.CLOSING, "there are " + limits.clients() + " clients already")
                                        .text()
                                + "\n")
                        .getBytes(StandardCharsets.UTF_8));
                out.flush();
                return;
            }
            client.run();
        } catch (IOException gone) {
            // it did not wait for the answer
        } finally {
            clients.remove(client);
            end.run();
        }
    }

    /**
     * Listens at an address.
     *
     * @param address where: loopback, unless somebody asked for another one by name
     * @param port which port; 0 for any
     * @return the port
     * @throws IOException if it cannot be had
     */
    @SuppressWarnings("required.method.not.called") // closed with the server, or with its client
    public int listen(InetAddress address, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        keep(server);
        start("port " + server.getLocalPort(), () -> accept(server));
        return server.getLocalPort();
    }

    @SuppressWarnings("required.method.not.called") // closed with the server, or with its client
    private void accept(@NotOwning ServerSocket server) {
        while (!isClosed) {
            try {
                Socket socket = server.accept();
                start("client", () -> serve(socket));
            } catch (IOException closed) {
                if (server.isClosed()) {
                    return;
                }
            }
        }
    }

    @SuppressWarnings("required.method.not.called") // closed with the server, or with its client
    private void serve(@NotOwning Socket socket) {
        Runnable end = () -> close(socket);
        try {
            socket.setTcpNoDelay(true);
            serve(socket.getInputStream(), socket.getOutputStream(), end);
        } catch (IOException gone) {
            end.run();
        }
    }

    /**
     * Listens at a socket with a name.
     *
     * @param path where; nothing may be there
     * @throws IOException if it cannot be had
     */
    @SuppressWarnings("required.method.not.called") // closed with the server, or with its client
    public void listen(Path path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(path));
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        keep(server);
        keep(() -> Files.deleteIfExists(path));
        start("socket " + path, () -> accept(server));
    }

    @SuppressWarnings("required.method.not.called") // closed with the server, or with its client
    private void accept(@NotOwning ServerSocketChannel server) {
        while (!isClosed) {
            try {
                SocketChannel channel = server.accept();
                start(
                        "client",
                        () -> serve(
                                Channels.newInputStream(channel),
                                Channels.newOutputStream(channel),
                                () -> close(channel)));
            } catch (IOException closed) {
                if (!server.isOpen()) {
                    return;
                }
            }
        }
    }

    private synchronized void keep(AutoCloseable socket) {
        sockets.add(socket);
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception closed) {
            // it is given up either way
        }
    }

    /** Listens no more; clients that are connected stay until they go. */
    @Override
    public synchronized void close() {
        isClosed = true;
        sockets.forEach(MachineServer::close);
        sockets.clear();
    }
}
