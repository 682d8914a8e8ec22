package org.allocman.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Ways to somebody who answers. */
public final class WireConnections {
    /** How long an answer may take if nobody says otherwise, in milliseconds. */
    public static final long PATIENCE = 20_000;

    private static final Pattern HOST_AND_PORT = Pattern.compile("(?:\\[[0-9a-fA-F:.]+]|[^:/\\s]+):\\d{1,5}");
    private static final String UNIX = "unix:";
    private static final int MOST_PORT = 65_535;
    private static final long GRACE_SECONDS = 2;

    private WireConnections() {}

    /**
     * Opens a connection.
     *
     * @param where {@code HOST:PORT}, {@code unix:PATH} for a socket of that name, or a command with its arguments, set apart by
     *     blanks, which takes requests from its input and answers on its output
     * @param patience how long an answer may take, in milliseconds
     * @return the connection
     * @throws WireException if nobody is there; the message says what was tried
     */
    public static WireConnection open(String where, long patience) {
        try {
            if (where.startsWith(UNIX)) {
                return unix(where.substring(UNIX.length()), patience);
            }
            int colon = where.lastIndexOf(':');
            return HOST_AND_PORT.matcher(where).matches()
                    ? tcp(where.substring(0, colon), Integer.parseInt(where.substring(colon + 1)), patience)
                    : command(List.of(where.strip().split("\\s+")), patience);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException nobody) {
            throw new WireException("nobody answers at '" + where + "': " + nobody.getMessage(), nobody);
        }
    }

    /**
     * A connection over streams that are there.
     *
     * @param in what comes from the other end
     * @param out what goes there
     * @param end closes whatever is behind the two
     * @param patience how long an answer may take, in milliseconds
     * @return the connection
     */
    public static WireConnection over(InputStream in, OutputStream out, Runnable end, long patience) {
        return new StreamConnection(in, out, end, patience).watched();
    }

    @SuppressWarnings("required.method.not.called") // the connection closes it
    private static WireConnection tcp(String host, int port, long patience) throws IOException {
        if (port == 0 || port > MOST_PORT) {
            throw new IOException("a port is from 1 to " + MOST_PORT);
        }
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(host, port), (int) Math.min(patience, Integer.MAX_VALUE));
            return over(socket.getInputStream(), socket.getOutputStream(), () -> close(socket), patience);
        } catch (IOException broken) {
            close(socket);
            throw broken;
        }
    }

    @SuppressWarnings("required.method.not.called") // the connection closes it
    private static WireConnection unix(String path, long patience) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
            return over(
                    Channels.newInputStream(channel),
                    Channels.newOutputStream(channel),
                    () -> close(channel),
                    patience);
        } catch (IOException | RuntimeException broken) {
            close(channel);
            throw broken;
        }
    }

    @SuppressWarnings("required.method.not.called") // the connection closes it
    private static WireConnection command(List<String> words, long patience) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return over(process.getInputStream(), process.getOutputStream(), () -> end(process), patience);
    }

    private static void end(Process process) {
        close(process.getOutputStream());
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        close(process.getInputStream());
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception closed) {
            // it is given up either way
        }
    }
}
