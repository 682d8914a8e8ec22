package org.allocman.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "retype untyped0 endpoint -> empty",
                "eps = retype untyped0 endpoint -> empty+1 count 4",
                "retype 20 cnode 4 -> 100/3",
                "retype 20 untyped 12 -> 2/100:52/7",
                "retype 20 frame 21 -> 7",
                "retype 20 frame -> 7",
                "retype 20 42 3 -> 7",
                "copy ep -> cn/3:4 rights r",
                "mint ep -> 5000 rights wg badge 0x1234",
                "mint cn -> empty guard 5:60",
                "mutate cn/1 -> cn/2 badge 7",
                "rotate a via b -> c badge 1 pivot-badge 2",
                "delete cn/3",
                "revoke ep",
                "save-caller 9",
                "map f at 0x600000 in v rights none attributes 3",
                "set-space t cspace c vspace v guard 0:4 fault 9",
                "alloc frame 12 at 0x9000000",
                "alloc tcb -> s",
                "u = alloc untyped 14 maybe-device",
                "s = slot",
                "free u",
                "a.b-c_9 = 0x4000"
            })
    void isPrintedAsItIsWritten(String line) throws Exception {
        String fixed = Script.parse(line).text().strip();
        assertEquals(line.replace("5000", "0x1388"), fixed);
        assertEquals(fixed, Script.parse(fixed).text().strip());
    }

    @Test
    void readsWhatIsWrittenInOtherWays() throws Exception {
        assertEquals(
                "x = alloc tcb\ncopy a -> b rights wrgp\nmap f at 255\n",
                Script.parse("# first\n\n  let x=alloc TCB  # a thread\ncopy a->b rights ALL\nmap f at 0b1111_1111\n")
                        .text());
        assertEquals(2, Script.parse("#\nfree a").statements().get(0).line());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            retpye 1 endpoint -> 2          | 1  | there is no command 'retpye'; did you mean 'retype'?
            retype 1 endpiont -> 2          | 10 | 'endpiont' is no object type; did you mean 'endpoint'?
            retype 1 endpoint               | 18 | '-> PLACE' is missing: retype UNTYPED TYPE -> PLACE [count N]
            retype 1 untyped -> 2           | 18 | an untyped's size in bits has to be a number, not '->'
            retype 1 tcb 4 -> 2             | 14 | a TCB has one size only
            retype 1 cnode 4 -> 2/3:4       | 24 | a retype fills slots of one CNode
            copy 1 -> 2/3/4                 | 14 | a place is CPTR, CNODE/INDEX or CNODE/INDEX:DEPTH
            copy 1 -> 2 badge 4             | 13 | 'badge' has no place in 'copy'; the form is: copy PLACE -> PLACE [rights RIGHTS]
            copy 1 -> 2 right r             | 13 | 'right' has no place in 'copy'; did you mean 'rights'?
            copy 1 -> 2 rights rx           | 20 | rights are 'all', 'none' or letters of 'rwgp'
            mint 1 -> 2 badge 1 guard 0:1   | 21 | badge and guard are the same word
            mint 1 -> 2 badge 1 badge 2     | 21 | 'badge' is given twice
            mint 1 -> 2 guard 7             | 20 | a guard is VALUE:BITS
            mint 1 ->                       | 10 | the line ends where a place is wanted: mint
            delete 0x                       | 8  | '0x' is no number of at most 64 bits
            delete 99999999999999999999     | 8  | is no number of at most 64 bits
            x = delete 1                    | 5  | nothing comes of 'delete' that could have a name
            copy = slot                     | 1  | 'copy' is a command and cannot be a name
            x =                             | 4  | a command is wanted
            x = aloc tcb                    | 5  | there is no command 'aloc'; did you mean 'alloc'?
            free 7                          | 6  | the name of something allocated is wanted, not '7'
            delete 1 2                      | 10 | '2' has no place in 'delete'; the line should end here
            delete §                        | 8  | '§' is in no command
            """)
    void saysWhereAndWhatIsWrong(String line, int column, String what) {
        ScriptException wrong = assertThrows(ScriptException.class, () -> Script.parse("slot\n" + line));
        assertEquals(2, wrong.line());
        assertTrue(wrong.what().contains(what), wrong.what());
        assertEquals(column, wrong.column(), wrong.what());
    }

    @Test
    void everyCommandIsInTheList() {
        assertTrue(Verb.words().contains("cancel-badged-sends"));
        assertEquals("copy PLACE -> PLACE [rights RIGHTS]", Verb.COPY.form());
        assertEquals("NAME = VALUE", Verb.NAME.form());
    }
}
