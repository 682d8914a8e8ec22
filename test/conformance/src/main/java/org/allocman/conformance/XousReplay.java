package org.allocman.conformance;

import static org.allocman.vka.PageSize.PAGE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.allocman.conformance.kernel.Difference;
import org.allocman.conformance.kernel.KernelReplay;
import org.allocman.conformance.kernel.RecordingLines;
import org.allocman.conformance.kernel.ReplayResult;
import org.allocman.qual.PhysAddr;
import org.allocman.sim.boot.RecordingException;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.args.ArgumentsException;
import org.allocman.vka.args.KernelArguments;
import org.allocman.vka.args.NamedRange;
import org.allocman.vka.args.RangeList;
import org.allocman.xous.NodeStore;
import org.allocman.xous.PageAllocations;
import org.allocman.xous.Pid;
import org.allocman.xous.TableForm;
import org.allocman.xous.TablesLayout;
import org.allocman.xous.Whitelist;
import org.allocman.xous.XousError;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Replays a history of Xous' memory manager step by step, and compares every answer and, where the recording has one, the
 * hash of the whole state and the number of free pages.
 */
public final class XousReplay {
    private static final Pattern RAM = Pattern.compile("RAM ([0-9a-f]{1,8}) ([0-9a-f]{1,9})");
    private static final Pattern REGION = Pattern.compile("REGION ([0-9a-f]{1,8}) ([0-9a-f]{1,9}) (\\S{1,255})");
    private static final Pattern BOOT = Pattern.compile("BOOT ([0-9a-f]{1,16}) (\\d{1,3})");
    private static final Pattern STATE =
            Pattern.compile("S (\\d{1,9}) hash=([0-9a-f]{16}) ramfree=(\\d{1,9})(?: last=\\S*)?");
    private static final Pattern STEP = Pattern.compile("(\\d{1,9}) (.*?) -> (.*)");
    private static final Pattern OF_PROCESS = Pattern.compile("([AU]) (\\d{1,3})");
    private static final Pattern OF_PAGE = Pattern.compile("([CR]) ([0-9a-f]{1,16}) (\\d{1,3})");
    private static final Pattern MOVE = Pattern.compile("M ([0-9a-f]{1,16}) (\\d{1,3}) (\\d{1,3})");
    private static final Pattern END = Pattern.compile("T (\\d{1,3}) lent=((?:[0-9a-f]{1,16}(?:,[0-9a-f]{1,16})*)?)");
    private static final Pattern RESULT = Pattern.compile("OK|OK [0-9a-f]{1,16}|ERR \\w+ \\d{1,3}|\\d{1,19}");
    private static final int HEX = 16;
    private static final long MOST_PAGES = KernelArguments.END / PAGE;

    private final RecordingLines lines;
    private final OwnersObserver observer;
    private final PageAllocations allocations;
    private long agreed;
    private long total;
    private @Nullable Difference firstDifference;

    /**
     * Replays a recording.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress) throws RecordingException {
        return run(recording, progress, OwnersObserver.NONE);
    }

    /**
     * Replays a recording while somebody looks on.
     *
     * @param recording plain or gzip; it is closed
     * @param progress hears of every step
     * @param observer sees every step
     * @return how far we agree
     * @throws RecordingException if the recording is cut off, damaged, or not a recording
     */
    public static ReplayResult run(InputStream recording, KernelReplay.Progress progress, OwnersObserver observer)
            throws RecordingException {
        try (InputStream input = recording) {
            return new XousReplay(new RecordingLines(input), observer).run(progress);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private XousReplay(RecordingLines lines, OwnersObserver observer) throws RecordingException {
        this.lines = lines;
        this.observer = observer;
        TablesLayout layout = new TablesLayout(0, whitelist(lines), TableForm.ARRAY);
        PhysicalMemory memory =
                new PhysicalMemory(List.of(new PhysicalMemory.Extent(0, (@PhysAddr long) layout.bytes() - 1)));
        this.allocations = layout.rules(memory.words(), NodeStore.NONE);
        skipRemarks(lines);
        while (startsWith("BOOT")) {
            Matcher boot = match(BOOT, lines, "a page that is claimed at the start: BOOT address pid");
            if (allocations.claim(hex(boot, 1), pid(boot, 2)) < 0) {
                throw lines.wrong("the page cannot be claimed");
            }
            skipRemarks(lines);
        }
        observer.pages(memory, allocations);
    }

    private static Whitelist whitelist(RecordingLines lines) throws RecordingException {
        skipRemarks(lines);
        List<NamedRange> ranges = new ArrayList<>();
        Matcher ram = match(RAM, lines, "a recording of Xous, which begins with RAM start size");
        ranges.add(new NamedRange("RAM ", hex(ram, 1), hex(ram, 2)));
        skipRemarks(lines);
        while (startsWith(lines, "REGION")) {
            Matcher region = match(REGION, lines, "REGION start length name");
            ranges.add(new NamedRange(RangeList.name(group(region, 3)), hex(region, 1), hex(region, 2)));
            skipRemarks(lines);
        }
        try {
            Whitelist whitelist = Whitelist.of(ranges, List.of(), KernelArguments.END);
            if (whitelist.pages() > MOST_PAGES) {
                throw lines.wrong("there are more pages than addresses");
            }
            return whitelist;
        } catch (ArgumentsException wrong) {
            throw new RecordingException(0, wrong.text());
        }
    }

    private ReplayResult run(KernelReplay.Progress progress) throws RecordingException {
        skipRemarks(lines);
        for (String line = lines.next(); line != null; line = lines.next()) {
            step(line);
            progress.step(total, total);
            skipRemarks(lines);
        }
        if (total == 0) {
            throw lines.wrong("the recording ends before its first step");
        }
        return new ReplayResult(agreed, total, firstDifference);
    }

    private void step(String line) throws RecordingException {
        Matcher step = STEP.matcher(line);
        if (!step.matches() || !RESULT.matcher(group(step, 3)).matches()) {
            throw lines.wrong("a step is expected: number, operation, -> and its result");
        }
        if (Long.parseLong(group(step, 1)) != total + 1) {
            throw lines.wrong("step " + (total + 1) + " is expected here");
        }
        total++;
        List<Difference.Row> rows = new ArrayList<>();
        observer.begins(group(step, 2));
        String ours = perform(group(step, 2));
        compare(rows, "answer", group(step, 3), ours);
        skipRemarks(lines);
        while (startsWith("S")) {
            Matcher state = match(STATE, lines, "a state: S step hash= ramfree= last=");
            if (Long.parseLong(group(state, 1)) != total) {
                throw lines.wrong("the state after step " + total + " is expected here");
            }
            compare(rows, "hash", group(state, 2), String.format("%016x", allocations.hash()));
            compare(rows, "free pages of RAM", group(state, 3), Long.toString(allocations.freeRamPages()));
            skipRemarks(lines);
        }
        observer.ends(ours, rows);
        if (rows.isEmpty()) {
            agreed++;
        } else if (firstDifference == null) {
            firstDifference = new Difference(total, group(step, 2), rows);
        }
    }

    private static void compare(List<Difference.Row> rows, String what, String expected, String ours) {
        if (!expected.equals(ours)) {
            rows.add(new Difference.Row(what, expected, ours));
        }
    }

    private String perform(String operation) throws RecordingException {
        Matcher of = OF_PROCESS.matcher(operation);
        if (of.matches()) {
            int pid = pid(of, 2);
            return group(of, 1).equals("U")
                    ? Long.toString(allocations.ramBytes(pid))
                    : allocated(allocations.allocate(pid));
        }
        of = OF_PAGE.matcher(operation);
        if (of.matches()) {
            long address = hex(of, 2);
            int pid = pid(of, 3);
            return answer(
                    group(of, 1).equals("C") ? allocations.claim(address, pid) : allocations.release(address, pid));
        }
        of = MOVE.matcher(operation);
        if (of.matches()) {
            return answer(allocations.move(hex(of, 1), pid(of, 2), pid(of, 3)));
        }
        of = END.matcher(operation);
        if (of.matches()) {
            Set<Long> lent = new HashSet<>();
            for (String address :
                    group(of, 2).isEmpty() ? new String[0] : group(of, 2).split(",")) {
                lent.add(allocations.find(Long.parseUnsignedLong(address, HEX)));
            }
            return answer(allocations.end(pid(of, 1), lent::contains));
        }
        throw lines.wrong("no operation of Xous: " + operation);
    }

    private String allocated(long page) {
        return page < 0
                ? answer(page)
                : "OK " + String.format("%08x", allocations.whitelist().address(page));
    }

    private static String answer(long answer) {
        return answer < 0 ? "ERR " + XousError.of(answer) : "OK";
    }

    private int pid(Matcher matcher, int group) throws RecordingException {
        int pid = Integer.parseInt(group(matcher, group));
        if (pid < Pid.KERNEL || pid > Pid.MOST) {
            throw lines.wrong(pid + " is no process number");
        }
        return pid;
    }

    /** What a group matched; every group here takes part in every match. */
    private static String group(Matcher matcher, int group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    private static long hex(Matcher matcher, int group) {
        return Long.parseUnsignedLong(group(matcher, group), HEX);
    }

    private static Matcher match(Pattern pattern, RecordingLines lines, String expected) throws RecordingException {
        String line = lines.next();
        Matcher matcher = pattern.matcher(line == null ? "" : line);
        if (!matcher.matches()) {
            throw lines.wrong(line == null ? "the recording ends here" : expected + " is expected here");
        }
        return matcher;
    }

    private boolean startsWith(String word) throws RecordingException {
        return startsWith(lines, word);
    }

    private static boolean startsWith(RecordingLines lines, String word) throws RecordingException {
        String line = lines.peek();
        return line != null && line.startsWith(word + " ");
    }

    private static void skipRemarks(RecordingLines lines) throws RecordingException {
        for (String line = lines.peek();
                line != null && (line.isBlank() || line.startsWith("#"));
                line = lines.peek()) {
            lines.next();
        }
    }
}
