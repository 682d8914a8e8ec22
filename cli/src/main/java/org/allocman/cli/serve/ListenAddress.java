package org.allocman.cli.serve;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.allocman.cli.frame.BadInputException;

/**
 * An address to listen at.
 *
 * @param host the host's address
 * @param port the port, 0 for any
 */
record ListenAddress(InetAddress host, int port) {
    private static final int MOST_PORT = 65_535;

    static ListenAddress loopback(int port) throws BadInputException {
        return new ListenAddress(InetAddress.getLoopbackAddress(), checked("--tcp", port));
    }

    static ListenAddress parse(String text) throws BadInputException {
        int colon = text.lastIndexOf(':');
        String port = text.substring(colon + 1);
        if (colon < 1 || !port.matches("[0-9]{1,5}")) {
            throw new BadInputException("--listen takes HOST:PORT, for instance 192.168.1.5:4016, not '" + text + "'");
        }
        try {
            return new ListenAddress(
                    InetAddress.getByName(text.substring(0, colon)), checked("--listen", Integer.parseInt(port)));
        } catch (UnknownHostException nobody) {
            throw new BadInputException("--listen: there is no host '" + text.substring(0, colon) + "'");
        }
    }

    private static int checked(String option, int port) throws BadInputException {
        if (port < 0 || port > MOST_PORT) {
            throw new BadInputException(option + " takes a port from 0 to " + MOST_PORT + ", not " + port);
        }
        return port;
    }
}
