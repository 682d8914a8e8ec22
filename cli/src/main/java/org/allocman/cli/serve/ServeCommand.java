package org.allocman.cli.serve;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.BoardOption;
import org.allocman.cli.frame.ByteCount;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.allocman.cli.frame.HelpOption;
import org.allocman.cli.frame.OptionRange;
import org.allocman.cli.machine.MachineSpec;
import org.allocman.cli.provider.CSpaceOption;
import org.allocman.cli.provider.ManagerOption;
import org.allocman.serve.MachineServer;
import org.allocman.serve.ServeLimits;
import org.allocman.serve.ServedBoards;
import org.allocman.vka.Architecture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command. */
@Command(
        name = "serve",
        description = {
            "Give others a simulated board and kernel to work with, in lines of text.",
            "",
            "Each client has a machine of its own, which goes with it. Without --tcp, --unix or --listen the standard input"
                    + " has the requests, and the output the answers. The protocol is in docs/wire.md."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final int MOST = 1_000_000;
    private static final int MILLIS = 1000;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final BoardOption board = new BoardOption();

    @Mixin
    private final CSpaceOption cspace = new CSpaceOption();

    @Mixin
    private final ManagerOption manager = new ManagerOption();

    @Option(names = "--managed", description = "With a manager on each machine, whose objects can be allocated.")
    private boolean managed;

    @Option(names = "--tcp", paramLabel = "PORT", description = "Listen on this machine's loopback; 0 for any port.")
    private List<Integer> ports = new ArrayList<>();

    @Option(names = "--unix", paramLabel = "PATH", description = "Listen at a Unix socket of that name.")
    private List<String> sockets = new ArrayList<>();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "Listen at another address. Whoever reaches it can use the server; nobody is asked who they are.")
    private List<String> addresses = new ArrayList<>();

    @Option(
            names = "--until-input-ends",
            description =
                    "With sockets: end when the standard input ends, so that the server goes with who started it.")
    private boolean untilInputEnds;

    @Option(
            names = "--clients",
            paramLabel = "N",
            description = "How many clients at a time. Default: ${DEFAULT-VALUE}.")
    private int clients = ServeLimits.USUAL.clients();

    @Option(
            names = "--memory-limit",
            paramLabel = "SIZE",
            converter = ByteCount.class,
            description = "How much simulated memory a client may have written to. Default: ${DEFAULT-VALUE} bytes.")
    private long memory = ServeLimits.USUAL.memory();

    @Option(
            names = "--line-limit",
            paramLabel = "N",
            description = "Longest request in characters. Default: ${DEFAULT-VALUE}.")
    private int line = ServeLimits.USUAL.line();

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "Send a client away that asks nothing for so long; 0 for never. Default: ${DEFAULT-VALUE}.")
    private int idle = ServeLimits.USUAL.idle() / MILLIS;

    @Option(
            names = "--time",
            paramLabel = "SECONDS",
            description = "Send a client away after so long; 0 for never. Default: ${DEFAULT-VALUE}.")
    private int time;

    private final Console console;

    /**
     * Makes the command.
     *
     * @param console where it tells where it listens
     */
    public ServeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Architecture architecture = board.architecture();
        MachineSpec spec = new MachineSpec(
                board.name(),
                architecture == null ? null : architecture.text(),
                manager.name(),
                cspace.geometry().text(),
                !managed,
                -1,
                board.hints(),
                board.profileText(),
                cspace.design(),
                manager.with().jars());
        ServedBoards boards = new ServedBoards(spec.findBoard(), spec.pools(), managed);
        List<ListenAddress> where = addresses();
        boolean isListening = !where.isEmpty() || !sockets.isEmpty();
        // who has the input for its requests is not sent away from it
        ServeLimits limits = limits(isListening);
        try (MachineServer server = new MachineServer(boards, limits)) {
            if (!isListening) {
                // not System.out, which others write to as well
                server.serve(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
                return Exit.GOOD;
            }
            for (ListenAddress address : where) {
                listen(server, address);
            }
            for (String path : sockets) {
                listen(server, path);
            }
            console.out().flush();
            untilTheEnd();
            return Exit.GOOD;
        }
    }

    private List<ListenAddress> addresses() throws BadInputException {
        List<ListenAddress> where = new ArrayList<>();
        for (int port : ports) {
            where.add(ListenAddress.loopback(port));
        }
        for (String address : addresses) {
            where.add(ListenAddress.parse(address));
        }
        return where;
    }

    private ServeLimits limits(boolean isListening) throws BadInputException {
        OptionRange.check("--clients", clients, 1, MOST);
        OptionRange.check("--line-limit", line, 64, MOST);
        OptionRange.check("--idle", idle, 0, MOST);
        OptionRange.check("--time", time, 0, MOST);
        ServeLimits usual = ServeLimits.USUAL;
        return new ServeLimits(
                line,
                memory,
                usual.names(),
                usual.undo(),
                clients,
                isListening ? idle * MILLIS : 0,
                (long) time * MILLIS);
    }

    private void listen(MachineServer server, ListenAddress address) throws BadInputException {
        try {
            int port = server.listen(address.host(), address.port());
            console.out().println("listening at " + address.host().getHostAddress() + ":" + port);
        } catch (IOException taken) {
            throw new BadInputException("cannot listen at " + address.host().getHostAddress() + ":" + address.port()
                    + ": " + taken.getMessage());
        }
    }

    private void listen(MachineServer server, String path) throws BadInputException {
        try {
            server.listen(Path.of(path));
            console.out().println("listening at unix:" + path);
        } catch (IOException | InvalidPathException | UnsupportedOperationException taken) {
            throw new BadInputException("cannot listen at " + path + ": " + taken.getMessage());
        }
    }

    private void untilTheEnd() throws IOException, InterruptedException {
        if (untilInputEnds) {
            try (FileInputStream in = new FileInputStream(FileDescriptor.in)) {
                byte[] unread = new byte[MILLIS];
                while (in.read(unread) >= 0) {
                    // nobody wants what is typed here
                }
            }
        } else {
            new CountDownLatch(1).await();
        }
    }
}
