package org.allocman.cli.play;

import java.util.List;
import java.util.Map;
import org.allocman.cli.frame.BadInputException;
import org.allocman.cli.frame.Console;
import org.allocman.sim.memory.PhysicalMemory;
import org.allocman.vka.MemoryFault;

/** A system on which lines make calls. All its state is in its memory, so that calls can be undone. */
public interface PlayedSystem {
    /**
     * Makes a call.
     *
     * @param call one of the system's words with its arguments
     * @return what came of it
     * @throws BadInputException if an argument is none
     * @throws MemoryFault if it was an access that is denied
     */
    Answer call(Call call) throws BadInputException;

    /**
     * What can be expected beside {@code ok}, {@code FAULT}, numbers and names.
     *
     * @return names of refusals, and of whom something can belong to
     */
    List<String> outcomes();

    /**
     * Names that are there from the start.
     *
     * @return what they stand for
     */
    Map<String, Long> constants();

    /**
     * What an argument may be, for completion.
     *
     * @param argument what the form calls it, without brackets
     * @return words; empty if it is a number, for which names are offered
     */
    List<String> candidates(String argument);

    /**
     * Checks all laws.
     *
     * @return what is broken, in sentences
     */
    List<String> broken();

    /**
     * Draws whose the memory is.
     *
     * @param console where to
     * @param width columns
     */
    void draw(Console console, int width);

    /**
     * Where everything is.
     *
     * @return all of the system's memory
     */
    PhysicalMemory memory();
}
