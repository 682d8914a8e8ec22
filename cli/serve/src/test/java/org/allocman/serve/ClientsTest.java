package org.allocman.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.allocman.vka.Architecture;
import org.allocman.vka.ObjectType;
import org.allocman.wire.RemoteMachine;
import org.allocman.wire.WireAnswer;
import org.allocman.wire.WireConnection;
import org.allocman.wire.WireConnections;
import org.allocman.wire.WireException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that come, go, stay too long and ask too much at once. */
class ClientsTest {
    private static ServedBoards boards() {
        return new ServedBoards(LocalServer.board(Architecture.RISCV64), LocalServer.POOLS, true);
    }

    private static ServeLimits limits(int clients, int idle, long time) {
        ServeLimits usual = ServeLimits.USUAL;
        return new ServeLimits(usual.line(), usual.memory(), usual.names(), usual.undo(), clients, idle, time);
    }

    private static void noClientsAreLeft(LocalServer server) throws InterruptedException {
        while (server.server.clients() > 0) {
            Thread.sleep(5);
        }
    }

    @Test
    void eachHasAMachineOfItsOwnAndTakesItAlong() throws Exception {
        try (LocalServer server = new LocalServer(boards(), limits(16, 0, 0))) {
            ExecutorService pool = Executors.newFixedThreadPool(8);
            List<Future<String>> ends = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                int number = i;
                ends.add(pool.submit(() -> client(server, number)));
            }
            for (Future<String> end : ends) {
                assertEquals(ends.get(0).get(), end.get(), "the same work on each");
            }
            pool.shutdown();
            assertTrue(pool.awaitTermination(1, TimeUnit.MINUTES));
            noClientsAreLeft(server);
        }
    }

    /** Every third client goes without a word, in the middle of a line. */
    private static String client(LocalServer server, int number) throws Exception {
        if (number % 3 == 2) {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.getOutputStream().write("1 boot\n2 vka-al".getBytes(StandardCharsets.UTF_8));
                socket.getInputStream().read();
            }
        }
        try (RemoteMachine machine = server.boot("managed")) {
            for (int i = 0; i < 5; i++) {
                machine.vka().allocate(ObjectType.TCB, 0).get();
            }
            return machine.fingerprint();
        }
    }

    @Test
    void thereIsRoomForSoMany() throws Exception {
        try (LocalServer server = new LocalServer(boards(), limits(2, 0, 0));
                WireConnection first = server.connect()) {
            WireConnection second = server.connect();
            assertTrue(first.ask("hello").isOk());
            assertTrue(second.ask("hello").isOk());
            try (Socket third = new Socket("127.0.0.1", server.port())) {
                String said = new BufferedReader(new InputStreamReader(third.getInputStream())).readLine();
                assertTrue(said.startsWith("- error 206 Closing"), said);
            }
            second.close();
            while (server.server.clients() > 1) {
                Thread.sleep(5);
            }
            try (WireConnection again = server.connect()) {
                assertTrue(again.ask("hello").isOk());
            }
        }
    }

    @Test
    void whoIsSilentOrStaysTooLongIsSentAway() throws Exception {
        for (ServeLimits limits : List.of(limits(2, 100, 0), limits(2, 0, 100))) {
            try (LocalServer server = new LocalServer(boards(), limits);
                    Socket socket = new Socket("127.0.0.1", server.port())) {
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
                assertTrue(in.readLine().startsWith("- error 206 Closing"));
                assertNull(in.readLine());
                noClientsAreLeft(server);
            }
        }
    }

    @Test
    void manyLinesInOneWriteAreAnsweredInOrder() {
        StringBuilder lines = new StringBuilder();
        for (int i = 1; i <= 3000; i++) {
            lines.append(i).append(i % 2 == 0 ? " delete empty\n" : " retype nobody endpoint -> empty\n");
        }
        lines.append("x".repeat(100_000)).append("\n7 hello\n8 bye\n9 hello\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MachineServer(boards(), ServeLimits.USUAL)
                .serve(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)), out);
        List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(3003, answers.size(), "what comes behind a goodbye is not answered");
        for (int i = 1; i <= 3000; i++) {
            assertTrue(answers.get(i - 1).startsWith(i + (i % 2 == 0 ? " ok" : " error 200")), answers.get(i - 1));
        }
        assertTrue(answers.get(3000).startsWith("- error 202 LineTooLong"));
        assertEquals("7 ok 1 # allocman", answers.get(3001));
    }

    @Test
    void aSocketWithANameIsAsGood(@TempDir Path folder) throws Exception {
        Path path = folder.resolve("s");
        try (MachineServer server = new MachineServer(boards(), ServeLimits.USUAL)) {
            server.listen(path);
            try (WireConnection connection = WireConnections.open("unix:" + path, 10_000)) {
                List<WireAnswer> answers = connection.askAll(List.of("boot", "check", "nonsense", "undo"));
                assertEquals(
                        List.of(0, 0, 200, 204),
                        answers.stream().map(WireAnswer::number).toList());
            }
        }
        assertTrue(Files.notExists(path), "the name goes with the server");
    }

    @Test
    void whoDoesNotAnswerIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                WireConnection connection = WireConnections.open("127.0.0.1:" + silent.getLocalPort(), 300)) {
            WireException given = assertThrows(WireException.class, () -> connection.ask("hello"));
            assertTrue(String.valueOf(given.getMessage()).contains("'hello'"), given.getMessage());
        }
        assertThrows(WireException.class, () -> WireConnections.open("no-such-program-anywhere x", 300));
        try (WireConnection echo = WireConnections.open("cat", 2000)) {
            WireException wrong = assertThrows(WireException.class, () -> echo.ask("hello"));
            assertTrue(String.valueOf(wrong.getMessage()).contains("'ok ...'"), wrong.getMessage());
        }
    }

    @Test
    void aClientThatTakesNoAnswersIsSentAway() throws Exception {
        try (LocalServer server = new LocalServer(boards(), limits(4, 0, 2000));
                Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            byte[] lines = "1 boot-info\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
            assertThrows(IOException.class, () -> {
                while (true) {
                    out.write(lines);
                }
            });
            noClientsAreLeft(server);
        }
    }
}
