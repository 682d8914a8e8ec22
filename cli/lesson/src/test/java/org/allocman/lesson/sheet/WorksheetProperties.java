package org.allocman.lesson.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.allocman.check.invariants.KernelView;
import org.allocman.lesson.Lesson;
import org.allocman.lesson.RootTask;
import org.allocman.lesson.course.Course;
import org.allocman.lesson.course.SmallMachine;
import org.allocman.sim.boot.Machine;
import org.allocman.sim.kernel.CapabilityLookup;
import org.allocman.sim.kernel.Slots;
import org.allocman.vka.BootSlots;
import org.allocman.vka.CapRights;
import org.allocman.vka.KernelError;
import org.allocman.vka.ObjectType;

/** Sheets are checked by a second machine that is told each operation directly, not by way of a script. */
class WorksheetProperties {
    private static final Pattern RETYPE = Pattern.compile("retype (\\d+) ([a-z-]+) ?(\\d*) -> (\\d+)");

    /** A second machine, fresh. */
    private static final class Fresh {
        private final Machine machine = SmallMachine.boot();
        private final RootTask task =
                new RootTask(machine.kernel(), machine.rootMemory(), machine.bootInfo(), machine.freeVirtualBase());
        private final Slots slots =
                new Slots(machine.memory().words(), machine.board().architecture());

        KernelError carryOut(String command) {
            Matcher retype = RETYPE.matcher(command);
            if (retype.matches()) {
                ObjectType type =
                        ObjectType.named(retype.group(2).replace('-', '_').toUpperCase(java.util.Locale.ROOT));
                int size = retype.group(3).isEmpty() ? 0 : Integer.parseInt(retype.group(3));
                return task.retype(Long.parseLong(retype.group(1)), type, size, Long.parseLong(retype.group(4)));
            }
            String[] words = command.split(" ");
            long slot = Long.parseLong(words[1]);
            return switch (words[0]) {
                case "revoke" -> task.revoke(slot);
                case "delete" -> task.delete(slot);
                case "copy" -> task.copy(Long.parseLong(words[3]), slot, CapRights.ALL);
                case "mint" -> task.mint(Long.parseLong(words[3]), slot, CapRights.ALL, Long.parseLong(words[5]));
                case "map" -> map(slot, Long.decode(words[3]));
                default -> throw new AssertionError(command);
            };
        }

        KernelError map(long slot, long address) {
            return slot < 120
                    ? task.kernel().pageMap(slot, RootTask.VSPACE, address, CapRights.READ_WRITE, 0)
                    : task.kernel().tableMap(slot, RootTask.VSPACE, address, 0);
        }

        long slot(long cptr) {
            return new CapabilityLookup(
                            machine.memory().words(), machine.board().architecture(), slots, machine.kernelState())
                    .slot(cptr);
        }
    }

    @Provide
    Arbitrary<String> lessons() {
        return Arbitraries.of(
                Course.lessons().stream().<String>map(Lesson::name).toList());
    }

    private static Worksheet sheet(String lesson, long seed) {
        return Objects.requireNonNull(Worksheets.of(lesson, seed));
    }

    @Property(tries = 25)
    void theSameSeedMakesTheSameSheet(@ForAll("lessons") String lesson, @ForAll long seed) {
        Worksheet sheet = sheet(lesson, seed);
        assertEquals(sheet, sheet(lesson, seed));
        assertEquals(sheet.blanks().size(), sheet.rows().get(0).answers().size());
        assertFalse(sheet.rows().stream()
                .allMatch(row -> row.answers().equals(sheet.rows().get(0).answers())));
    }

    @Property(tries = 25)
    void blanksAreBlank(@ForAll("lessons") String lesson, @ForAll long seed) {
        Worksheet sheet = sheet(lesson, seed);
        List<String> blank = table(sheet.markdown(false));
        List<String> filled = table(sheet.markdown(true));
        assertEquals(sheet.rows().size(), blank.size());
        for (int i = 0; i < blank.size(); i++) {
            String[] cells = blank.get(i).split("\\|", -1);
            assertEquals(sheet.rows().get(i).operation(), cells[2].strip());
            for (int cell = 3; cell < cells.length; cell++) {
                assertTrue(cells[cell].isBlank(), blank.get(i));
            }
            for (String answer : sheet.rows().get(i).answers()) {
                assertTrue(filled.get(i).contains(answer), filled.get(i));
            }
        }
        sheet.markdown(true)
                .lines()
                .filter(line -> !line.startsWith("|"))
                .forEach(line -> assertTrue(line.length() <= 80));
    }

    private static List<String> table(String markdown) {
        return markdown.lines().filter(line -> line.startsWith("|")).skip(2).toList();
    }

    private static void assertAnswer(String answer, KernelError error) {
        assertEquals(answer.replaceAll(" .*", ""), error.failed() ? error.code().text() : "done");
    }

    @Property(tries = 30)
    void watermarksAreThose(@ForAll long seed) {
        Fresh fresh = new Fresh();
        for (Worksheet.Row row : sheet("watermark", seed).rows()) {
            KernelError error = fresh.carryOut(row.operation());
            assertAnswer(row.answers().get(0), error);
            if (!error.failed() && row.operation().startsWith("retype")) {
                long made = Long.parseLong(row.operation().replaceAll(".* ", ""));
                assertEquals(Long.decode(row.answers().get(1)), fresh.slots.object(fresh.slot(made)));
            }
            assertEquals(
                    Long.decode(row.answers().get(2)), fresh.slots.untyped().freeIndex(fresh.slot(49)));
        }
    }

    @Property(tries = 20)
    void objectsAreMadeOrRefused(@ForAll long seed) {
        Fresh fresh = new Fresh();
        fresh.machine.memory().startJournal();
        for (Worksheet.Row row : sheet("untyped", seed).rows()) {
            int start = fresh.machine.memory().checkpoint();
            KernelError error = fresh.carryOut(row.operation());
            assertAnswer(row.answers().get(0).replace("made", "done"), error);
            if (!error.failed()) {
                assertEquals(Long.decode(row.answers().get(1)), fresh.slots.object(fresh.slot(100)));
            }
            fresh.machine.memory().rewind(start);
        }
    }

    @Property(tries = 30)
    void revokesTakeWhatDescends(@ForAll long seed) {
        Fresh fresh = new Fresh();
        Worksheet sheet = sheet("derivation", seed);
        sheet.intro()
                .lines()
                .filter(line -> line.startsWith("    "))
                .forEach(line -> assertFalse(fresh.carryOut(line.strip()).failed(), line));
        KernelView view = new KernelView(
                fresh.machine.memory(), fresh.machine.board().architecture(), fresh.machine.kernelState());
        for (Worksheet.Row row : sheet.rows()) {
            long asked = Long.parseLong(row.operation().split(" ")[1]);
            List<String> taken = new ArrayList<>();
            for (long cptr = 100; cptr <= 107; cptr++) {
                boolean isTaken = row.operation().startsWith("delete")
                        ? cptr == asked
                        : view.isDescendant(
                                Objects.requireNonNull(view.at(fresh.slot(asked))),
                                Objects.requireNonNull(view.at(fresh.slot(cptr))));
                if (isTaken) {
                    taken.add(String.valueOf(cptr));
                }
            }
            assertEquals(
                    taken.isEmpty() ? "none" : String.join(", ", taken),
                    row.answers().get(0),
                    row.operation());
        }
    }

    @Property(tries = 20)
    void mapsAreRefusedAtTheirLevel(@ForAll long seed) {
        Fresh fresh = new Fresh();
        int frame = fresh.machine.board().architecture().number(ObjectType.SMALL_PAGE);
        int table = fresh.machine.board().architecture().number(ObjectType.PAGE_TABLE);
        fresh.task.kernel().retype(47, frame, 0, BootSlots.CNODE, 0, 0, 100, 6);
        fresh.task.kernel().retype(48, table, 0, BootSlots.CNODE, 0, 0, 120, 12);
        for (Worksheet.Row row : sheet("circle", seed).rows()) {
            KernelError error = fresh.carryOut(row.operation());
            assertAnswer(row.answers().get(0).replace("mapped", "done"), error);
            if (error.code() == KernelError.Code.FAILED_LOOKUP) {
                assertTrue(row.answers().get(0).contains(", " + error.detail(2) + " bits left"));
            }
        }
    }

    @Property(tries = 30)
    void lookUpsFollowGuardAndRadix(@ForAll long seed) {
        Worksheet sheet = sheet("cspace", seed);
        List<String> setUp = sheet.intro()
                .lines()
                .filter(line -> line.startsWith("    "))
                .map(String::strip)
                .toList();
        int radix = Integer.parseInt(setUp.get(0).split(" ")[3]);
        String[] guard = setUp.get(1).split(" ")[5].split(":");
        int guardBits = Integer.parseInt(guard[1]);
        for (Worksheet.Row row : sheet.rows()) {
            String[] words = row.operation().split(" at ");
            long index = Long.decode(words[0]);
            int depth = Integer.parseInt(words[1]);
            boolean matches = guardBits <= depth
                    && (index >>> depth - guardBits & (1L << guardBits) - 1) == Long.decode(guard[0]);
            assertEquals(!matches, row.answers().get(0).startsWith("GuardMismatch, " + depth), row::toString);
            if (matches && depth == guardBits + radix) {
                long slot = index & (1L << radix) - 1;
                assertEquals(
                        "slot " + slot + " of the CNode in 100", row.answers().get(0));
            }
        }
    }

    @Property(tries = 20)
    void cutsFillTheStretchFromLowToHigh(@ForAll long seed) {
        for (Worksheet.Row row : sheet("static-pool", seed).rows()) {
            String[] range = row.operation().replaceAll(".*: ", "").split(" to ");
            long at = Long.decode(range[0]);
            List<Integer> sizes = new ArrayList<>();
            for (String size : row.answers().get(1).split(", ")) {
                sizes.add(Integer.parseInt(size.substring(2)));
            }
            for (int bits : sizes) {
                assertEquals(0, at & (1L << bits) - 1, "a multiple of its size");
                boolean isLargest = at + (2L << bits) > Long.decode(range[1]) || (at & (2L << bits) - 1) != 0;
                assertTrue(isLargest, row::toString);
                at += 1L << bits;
            }
            assertEquals(Long.decode(range[1]), at);
            assertEquals(String.valueOf(sizes.size()), row.answers().get(0));
        }
    }

    @Property(tries = 20)
    void pagesTakeTheTablesThatAreNotThere(@ForAll long seed) {
        Map<Long, Boolean> there = new TreeMap<>();
        for (Worksheet.Row row : sheet("virtual-pool", seed).rows()) {
            long address = Long.decode(row.operation().replaceAll(".* ", ""));
            int tables = there.put(-(address >>> 30), true) == null ? 1 : 0;
            tables += there.put(address >>> 21, true) == null ? 1 : 0;
            assertEquals(List.of(String.valueOf(tables), String.valueOf(tables + 1)), row.answers());
        }
    }

    @Property(tries = 8)
    void ownersChangeByTheRules(@ForAll long seed) {
        Map<String, String> owners = new TreeMap<>();
        for (Worksheet.Row row : sheet("xous", seed).rows()) {
            String[] words = row.operation().split(" ");
            String who = words[0] + " " + words[1];
            String owner = owners.getOrDefault(words[3], "nobody");
            String answer = words[3].endsWith("800")
                    ? "BadAlignment"
                    : words[3].equals("0xc0000000")
                            ? "BadAddress"
                            : owner.equals("nobody") || owner.equals(who) || isArrived(words, owner)
                                    ? "done"
                                    : "MemoryInUse";
            assertEquals(answer, row.answers().get(0).split(" ")[0], row::toString);
            if (answer.equals("done")) {
                owners.put(words[3], owned(words, who));
            }
            String after = answer.startsWith("Bad") ? "no such page" : owners.getOrDefault(words[3], "nobody");
            assertEquals(after, row.answers().get(1), row::toString);
        }
    }

    private static boolean isArrived(String[] words, String owner) {
        return words[2].equals("moves") && owner.equals(words[5] + " " + words[6]);
    }

    private static String owned(String[] words, String who) {
        return switch (words[2]) {
            case "releases" -> "nobody";
            case "moves" -> words[5] + " " + words[6];
            default -> who;
        };
    }

    @Property(tries = 20)
    void regionsAreLargeEnough(@ForAll long seed) {
        for (Worksheet.Row row : sheet("uvisor", seed).rows()) {
            String[] words = row.operation().replace(",", "").split(" ");
            long stack = Long.parseLong(words[1]);
            long data = Long.parseLong(words[3]);
            long region = Math.max(256, Long.highestOneBit((stack + data) * 8 / 6 * 2 - 1));
            long part = region / 8;
            long forStack = data == 0 ? 8 : 8 - (data + part - 1) / part - 1;
            List<String> expected = forStack * part < stack
                    ? List.of("cannot be", "")
                    : List.of(String.valueOf(region), String.valueOf(part));
            assertEquals(expected, row.answers(), row::toString);
        }
    }

    @Property(tries = 10)
    void nothingIsLostBetweenHalves(@ForAll long seed) {
        Map<String, Long> live = new TreeMap<>();
        long all = (1L << 14) + (1L << 15) + (2L << 16);
        for (Worksheet.Row row : sheet("fragmentation", seed).rows()) {
            String[] words = row.operation().split(" ");
            if (words[0].equals("free")) {
                live.remove(words[1]);
            } else if (row.answers().get(0).equals("done")) {
                live.put(words[0], 1L << Integer.parseInt(words[4]));
            }
            long free = 0;
            for (String block : row.answers().get(1).replace("none", "").split(", ")) {
                if (!block.isEmpty()) {
                    String[] times = block.split(" x 2\\^|2\\^");
                    long count = times[0].isEmpty() ? 1 : Long.parseLong(times[0]);
                    free += count << Integer.parseInt(times[times.length - 1]);
                }
            }
            assertEquals(all, free + live.values().stream().collect(Collectors.summingLong(Long::longValue)));
        }
    }
}
