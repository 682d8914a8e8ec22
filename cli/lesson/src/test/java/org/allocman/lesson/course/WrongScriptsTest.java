package org.allocman.lesson.course;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.allocman.lesson.Programs;
import org.allocman.lesson.answer.AnswerOutcome;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake has its own hint. A script's lines are parted by semicolons here. */
class WrongScriptsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "untyped.tcb         | retype 22 tcb -> 100",
                "untyped.smaller     | retype 47 tcb -> 100; retype 47 untyped 16 -> 101",
                "untyped.smaller     | retype 47 tcb -> 100; retype 22 untyped 14 -> 101",
                "untyped.page        | retype 47 tcb -> 100; retype 47 untyped 14 -> 101; retype 101 endpoint -> 102",
                "untyped.inside      | retype 47 tcb -> 100; retype 47 untyped 14 -> 101; retype 47 small-page -> 102; "
                        + "retype 22 small-page -> 103",
                "untyped.device      | retype 47 tcb -> 100; retype 47 untyped 14 -> 101; retype 101 small-page -> 102; "
                        + "retype 22 endpoint -> 103",
                "untyped.not-device  | retype 47 tcb -> 100; retype 47 untyped 14 -> 101; retype 101 small-page -> 102; "
                        + "retype 48 small-page -> 103",
                "cspace.cnode        | retype 47 cnode 16 -> 100",
                "cspace.cnode        | retype 47 cnode 5 -> 100; mint 100 -> 101 guard 0x2a:8; retype 47 endpoint -> 100/5",
                "cspace.copy         | retype 47 cnode 4 -> 100; retype 47 endpoint -> 100/5",
                "cspace.other        | retype 47 cnode 4 -> 100; retype 47 cnode 4 -> 101; retype 47 endpoint -> 100/5",
                "cspace.guard        | retype 47 cnode 4 -> 100; copy 100 -> 101; retype 47 endpoint -> 100/5",
                "cspace.guard        | retype 47 cnode 4 -> 100; mint 100 -> 101 guard 0x2a5:12; retype 47 endpoint -> 100/5",
                "cspace.slot         | retype 47 cnode 4 -> 100; mint 100 -> 101 guard 0x2a:8; retype 47 endpoint -> 100/10",
                "cspace.endpoint     | retype 47 cnode 4 -> 100; mint 100 -> 101 guard 0x2a:8; retype 47 notification -> 100/5",
                "watermark.gap       | retype 45 cnode 5 -> 110; retype 45 tcb -> 111; retype 45 small-page -> 112; "
                        + "retype 45 cnode 5 -> 113; revoke 44; retype 44 small-page -> 114",
                "watermark.elsewhere | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 5 -> 110; "
                        + "retype 47 cnode 5 -> 113; revoke 44; retype 44 small-page -> 114",
                "watermark.kind      | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 4 -> 110; "
                        + "retype 45 cnode 4 -> 113",
                "watermark.missing   | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 5 -> 110",
                "watermark.children  | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 5 -> 110 ; "
                        + "retype 45 cnode 5 -> 113; retype 44 small-page -> 114",
                "watermark.not-again | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 5 -> 110 ; "
                        + "retype 45 cnode 5 -> 113; revoke 44",
                "watermark.other-untyped | retype 45 small-page -> 112; retype 45 tcb -> 111; retype 45 cnode 5 -> 110; "
                        + "retype 45 cnode 5 -> 113; retype 47 small-page -> 114",
                "derivation.deleted  | delete 111; mint 110 -> 113 rights w badge 9",
                "derivation.copies   | mint 110 -> 113 rights w badge 9",
                "derivation.deleted  | delete 111; delete 130; delete 133; mint 110 -> 113 rights w badge 9",
                "derivation.deleted  | move 111 -> 140; revoke 140; mint 110 -> 113 rights w badge 9",
                "derivation.itself   | revoke 111; mint 110 -> 113 rights w badge 9",
                "derivation.too-much | revoke 110; mint 110 -> 113 rights w badge 9",
                "derivation.server   | revoke 47",
                "derivation.client   | revoke 111; delete 111; retype 47 endpoint -> 113",
                "derivation.badge    | revoke 111; delete 111; mint 110 -> 113 rights w badge 7",
                "derivation.badge    | mint 111 -> 113 badge 9; revoke 111; delete 111; copy 112 -> 113",
                "derivation.rights   | revoke 111; delete 111; mint 110 -> 113 rights rw badge 9"
            })
    void isToldWhatIsWrong(String mistake, String script) {
        String lesson = mistake.substring(0, mistake.indexOf('.'));
        AnswerOutcome outcome = Programs.run(lesson, "a.script", script.replace(';', '\n'));
        assertEquals(AnswerOutcome.Kind.WRONG, outcome.kind());
        assertEquals(mistake, outcome.findings().get(0).id(), outcome::toString);
    }
}
