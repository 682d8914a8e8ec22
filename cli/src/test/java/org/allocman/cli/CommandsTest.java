package org.allocman.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.allocman.cli.frame.Console;
import org.allocman.cli.frame.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandsTest {
    @Test
    void helpNamesEverySubcommand() {
        Run run = Run.of("--help");
        assertEquals(Exit.GOOD, run.code());
        for (String name : new String[] {"boot", "boards", "measure", "xous", "replay", "completion"}) {
            assertTrue(run.outLines().stream().anyMatch(line -> line.startsWith("  " + name)), run::out);
        }
        assertEquals("", run.err());
    }

    @Test
    void everySubcommandHasHelpOfShortLinesAndAFirstSentence() {
        assertHelp(Commands.commandLine(new Console(nowhere(), nowhere(), false, false)));
    }

    private static void assertHelp(CommandLine command) {
        for (CommandLine sub : command.getSubcommands().values()) {
            String name = sub.getCommandSpec().qualifiedName();
            String help = sub.getUsageMessage();
            assertTrue(help.lines().allMatch(line -> line.length() <= 80), name + " has long lines\n" + help);
            String first = sub.getCommandSpec().usageMessage().description()[0];
            assertTrue(first.endsWith("."), name + ": " + first);
            assertHelp(sub);
        }
    }

    @Test
    void versionIsFilledIn() {
        Run run = Run.of("--version");
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().matches("allocman [0-9]+\\.[0-9]+.*\\R"), run::out);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "replay",
                "nonsense",
                "boards --nonsense",
                "boot --objects many",
                "boot --board",
                "boards a b"
            })
    void wrongUsageIsTwoWithAMessageAndNothingElse(String arguments) {
        Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertEquals(Exit.BAD_INPUT, run.code());
        assertEquals("", run.out());
        assertFalse(run.err().isEmpty());
        assertFalse(run.showsAStackTrace(), run::err);
    }

    @ParameterizedTest
    @CsvSource({
        "boards qemu, 'did you mean qemu-arm-virt or qemu-riscv-virt?'",
        "boards tinny, 'did you mean tiny?'",
        "boards nothing-like-it, 'built-in boards are qemu-arm-virt, '",
        "boards ./none.dtb, './none.dtb: no such file'",
        "boards /, 'this is a directory, not a file'",
        "boot --board pc9, 'did you mean pc99?'",
        "boards --arch sparc tiny, 'there are aarch64, x86_64, riscv64, aarch32, ia32, riscv32, mpu'",
        "replay bootinfo none, 'none: no such file'",
        "replay kernel ., 'this is a directory, not a file'",
        "replay paging pom.xml, 'pom.xml: '",
    })
    void badInputSaysWhatIsWrong(String arguments, String saying) {
        Run run = Run.of(arguments.split(" "));
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().startsWith("allocman: "), run::err);
        assertTrue(run.err().contains(saying), run::err);
        assertFalse(run.showsAStackTrace(), run::err);
    }

    @Test
    void aFailureOfOursIsSeventyInTwoLines() {
        @Command(name = "fail")
        final class Fails implements Callable<Integer> {
            @Override
            public Integer call() {
                throw new IllegalStateException("the moon is gone");
            }
        }
        StringWriter err = new StringWriter();
        Console console = new Console(nowhere(), new PrintWriter(err), false, false);
        int code = Commands.commandLine(console).addSubcommand(new Fails()).execute("fail");
        assertEquals(Exit.INTERNAL, code);
        assertEquals(2, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains("the moon is gone"), err::toString);
        assertTrue(err.toString().contains("ALLOCMAN_TRACE=1"), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"bash, complete -F", "zsh, bashcompinit", "fish, complete -c allocman"})
    void completionIsAScriptThatKnowsTheSubcommands(String shell, String saying) {
        Run run = Run.of("completion", shell);
        assertEquals(Exit.GOOD, run.code());
        assertTrue(run.out().contains(saying), run::out);
        assertTrue(run.out().contains("bootinfo"), run::out);
        assertTrue(run.out().contains("board"), run::out);
    }

    private static PrintWriter nowhere() {
        return new PrintWriter(new StringWriter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "uvisor --steps zz#--steps takes a whole number, not 'zz'",
                "uvisor --seed zz#--seed takes a whole number, not 'zz'",
                "xous --bar START:SIZE --foo#there is no option --bar",
                "boot x y#'x' is one argument too many",
                "boot -q -q#--quiet is given twice",
                "boot --objects 3 --objects 4#--objects is given twice",
                "boot --bord x#there is no option --bord; did you mean --board?",
                "mesure#there is no command 'mesure'; did you mean measure?",
                "sweep --cspace foo#--cspace: 'foo' is no CSpace; current|1:BITS",
                "sweep --objects ,#--objects takes one or more, with commas between them, and there is none",
                "boot --objects 99999999999#--objects takes a number of no more than 2^31 - 1, and 99999999999 is beyond",
                "boot --kernel 0#--kernel takes 4096 to 2^40 bytes, not 0",
                "boot --root-cnode-bits 0#--root-cnode-bits takes 5 to 24, not 0",
                "boot --boot-info-untypeds 0#--boot-info-untypeds takes 1 to 245",
                "boot --html /no/such/folder/x#/no/such/folder/x: there is no folder /no/such/folder",
                "export json -o .#.: this is a directory, not a file",
                "plan --workload=#a file's name has a letter or more",
                "boot --board#--board takes a value, NAME|FILE",
                "boot --json=zz#--json takes no value, and there is 'zz'",
                "measure#--work=WORK is missing",
                "replay uvisor#FILE is missing",
                "replay zz#there is no command 'zz'",
                "uvisor --block-size x#--block-size: 'x' is not a number of bytes"
            })
    void whatIsWrongInALineIsSaidInOurWords(String line, String message) {
        Run run = Run.of(line.split(" "));
        assertEquals(Exit.BAD_INPUT, run.code());
        assertTrue(run.err().startsWith("allocman: " + message), run::err);
        assertFalse(
                run.err().matches("(?s).*(Invalid value|Unknown option|Unmatched|an int|a long|index [0-9]).*"),
                run::err);
    }
}
