package org.allocman.cli.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.allocman.cli.frame.BadInputException;
import org.allocman.script.Binding;
import org.allocman.script.ScriptSession;
import org.allocman.vka.Architecture;
import org.allocman.vka.CapPath;
import org.allocman.vka.ObjectType;
import org.allocman.vka.VkaObject;
import org.checkerframework.checker.nullness.qual.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The text that goes with a machine's image: what machine it is, and the names that were in use.
 *
 * @param allocman the version of this text
 * @param machine how to boot the machine
 * @param names the names
 */
record SavedMachine(int allocman, MachineSpec machine, List<Name> names) {
    private static final int VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * A name. Which of the numbers mean something, its kind says.
     *
     * @param name the name
     * @param kind {@code number}, {@code place}, {@code object} or {@code slot}
     * @param first the number; a path's root; an object's cptr
     * @param second a path's index; an object's handle
     * @param bits a path's depth; an object's size in bits
     * @param type of an object
     */
    record Name(
            String name,
            String kind,
            long first,
            long second,
            int bits,
            @Nullable String type) {}

    static SavedMachine of(MachineSpec spec, ScriptSession session) {
        List<Name> names = new ArrayList<>();
        session.ownNames().forEach((name, binding) -> names.add(name(name, binding)));
        return new SavedMachine(VERSION, spec, names);
    }

    private static Name name(String name, Binding binding) {
        if (binding instanceof Binding.Allocated allocated) {
            VkaObject object = allocated.object();
            return new Name(
                    name,
                    "object",
                    object.cptr(),
                    object.handle(),
                    object.sizeBits(),
                    object.type().name());
        }
        if (binding instanceof Binding.Number number) {
            return new Name(name, "number", number.number(), 0, 0, null);
        }
        boolean taken = binding instanceof Binding.Taken;
        CapPath path = binding instanceof Binding.Taken slot
                ? slot.path()
                : binding instanceof Binding.Place place ? place.path() : new CapPath(0, 0, 0);
        return new Name(name, taken ? "slot" : "place", path.root(), path.index(), path.depth(), null);
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    static SavedMachine parse(Path file, String text) throws BadInputException {
        try {
            SavedMachine saved = JSON.readValue(text, SavedMachine.class);
            if (saved.allocman == VERSION && saved.machine != null && saved.names != null) {
                return saved;
            }
        } catch (JacksonException | IllegalArgumentException strange) {
            throw new BadInputException(
                    file + ": this image does not say which machine it is of; 'save' writes ones that do");
        }
        throw new BadInputException(file + ": this image is of another version");
    }

    void restoreNames(ScriptSession session, Architecture architecture) throws BadInputException {
        try {
            for (Name name : names) {
                session.restoreName(name.name, binding(name, architecture));
            }
        } catch (IllegalArgumentException strange) {
            throw new BadInputException("the image has a name for something unknown: " + strange.getMessage());
        }
    }

    private static Binding binding(Name name, Architecture architecture) {
        return switch (name.kind) {
            case "number" -> new Binding.Number(name.first);
            case "place" -> new Binding.Place(new CapPath(name.first, name.second, name.bits));
            case "slot" -> new Binding.Taken(new CapPath(name.first, name.second, name.bits));
            case "object" -> {
                ObjectType type = architecture.typeNamed(name.type == null ? "" : name.type);
                if (type == null) {
                    throw new IllegalArgumentException("an object of type " + name.type);
                }
                yield new Binding.Allocated(new VkaObject(type, name.bits, name.first, name.second));
            }
            default -> throw new IllegalArgumentException(name.kind);
        };
    }
}
