package org.allocman.lesson.answer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What keeps a program that nobody trusts away from files, network and other processes. It has an empty environment, one folder of
 * its own, little memory and little time under each of them.
 */
public enum Lock {
    /** bubblewrap: the program reads files and writes into its own folder alone, has no network, and sees its own processes alone. */
    BUBBLEWRAP("bwrap", "files can be read but not written, no network, no other processes") {
        @Override
        List<String> before(Path folder) {
            return List.of(
                    "bwrap",
                    "--unshare-all",
                    "--die-with-parent",
                    "--new-session",
                    "--clearenv",
                    "--ro-bind",
                    "/",
                    "/",
                    "--proc",
                    "/proc",
                    "--dev",
                    "/dev",
                    "--bind",
                    folder.toString(),
                    folder.toString(),
                    "--chdir",
                    folder.toString(),
                    "/bin/sh",
                    "-c",
                    LIMITS,
                    "sh");
        }
    },

    /** Linux namespaces by unshare: the same, made of what util-linux has. */
    NAMESPACES("unshare", "files can be read but not written, no network, no other processes") {
        @Override
        List<String> before(Path folder) {
            return List.of(
                    "unshare",
                    "--user",
                    "--map-root-user",
                    "--net",
                    "--ipc",
                    "--pid",
                    "--fork",
                    "--mount-proc",
                    "--kill-child",
                    "/bin/sh",
                    "-c",
                    READ_ONLY,
                    "sh",
                    folder.toString());
        }
    },

    /** A Java machine of its own and nothing else. */
    PROCESS("a process", "files and network are NOT kept from answers: install bubblewrap") {
        @Override
        List<String> before(Path folder) {
            return Files.isExecutable(Path.of("/bin/sh")) ? List.of("/bin/sh", "-c", LIMITS, "sh") : List.of();
        }
    };

    // no file above 64 MiB, no core dump
    private static final String LIMITS = "ulimit -f 131072; ulimit -c 0; exec \"$@\"";

    // every mount but the folder becomes read-only; the rights to change that are dropped for good
    private static final String READ_ONLY = "mount --bind \"$1\" \"$1\" || exit 97; "
            + "cut -d' ' -f5 /proc/self/mountinfo | while read -r at; do at=$(printf '%b' \"$at\"); "
            + "[ \"$at\" = \"$1\" ] || mount -o remount,bind,ro \"$at\" || exit 97; done || exit 97; "
            + "cd \"$1\" || exit 97; shift; ulimit -f 131072; ulimit -c 0; "
            + "exec setpriv --bounding-set -all --inh-caps -all --no-new-privs \"$@\"";

    private static final long PROBE_SECONDS = 10;

    private final String text;
    private final String limits;

    Lock(String text, String limits) {
        this.text = text;
        this.limits = limits;
    }

    /** What a command begins with that is to run locked in, in a folder. */
    abstract List<String> before(Path folder);

    /**
     * The tool's name.
     *
     * @return for instance bwrap
     */
    public String text() {
        return text;
    }

    /**
     * What it keeps from a program.
     *
     * @return a few words
     */
    public String limits() {
        return limits;
    }

    /**
     * The best that works here. Each is tried: a program that is locked in must not be able to write beside its folder.
     *
     * @return a lock
     */
    public static Lock best() {
        return works(BUBBLEWRAP) ? BUBBLEWRAP : works(NAMESPACES) ? NAMESPACES : PROCESS;
    }

    /**
     * Whether it works here.
     *
     * @param lock one of them
     * @return whether a program can run in it, can write into its folder, and nowhere beside it
     */
    public static boolean works(Lock lock) {
        if (lock == PROCESS) {
            return true;
        }
        try (OwnFolder outer = OwnFolder.make()) {
            Path inner = Files.createDirectory(outer.path().resolve("inner"));
            List<String> command = new ArrayList<>(lock.before(inner));
            command.addAll(List.of("/bin/sh", "-c", "touch ../beside 2>/dev/null; touch inside"));
            Process process = new ProcessBuilder(command)
                    .directory(inner.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean isOver = process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return isOver
                    && process.exitValue() == 0
                    && Files.exists(inner.resolve("inside"))
                    && !Files.exists(outer.path().resolve("beside"));
        } catch (IOException isNotThere) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
