package org.allocman.sim.board;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.allocman.sim.board.PackText.Device;
import org.allocman.sim.board.PackText.PackMemory;
import org.allocman.sim.board.Region.Kind;
import org.allocman.vka.Architecture;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * One device of a CMSIS-Pack description: its memories, and the peripherals of the SVD that the pack names for it, if that
 * lies where the pack says or beside the description.
 */
final class PackBoard {
    private static final int MAX_NAMED = 8;
    private static final Pattern ROM = Pattern.compile("IROM[0-9]*|.*(FLASH|EEPROM).*|ROM[0-9]*");

    private final String source;
    private final Device device;
    private final BoardBuilder builder;

    private PackBoard(String source, Device device, BoardBuilder builder) {
        this.source = source;
        this.device = device;
        this.builder = builder;
    }

    static BoardReading read(String source, byte[] content, @Nullable Path folder, BoardHints hints)
            throws BoardFormatException {
        Device device = device(source, PackText.read(source, content), hints.device());
        Architecture said = hints.architecture();
        String core = device.core();
        Architecture named = core == null ? null : SvdProcessor.named(core);
        Architecture architecture = said != null ? said : named != null ? named : Architecture.MPU;
        BoardBuilder builder = new BoardBuilder(source, architecture, hints);
        builder.mergeSameRam();
        if (said == null && named == null) {
            builder.note("the processor "
                    + (core == null
                            ? "of " + device.name() + " is not named"
                            : RegionNames.quoted(core) + " is not known")
                    + "; it is taken for " + architecture.text() + ", and --arch says another");
        }
        PackBoard board = new PackBoard(source, device, builder);
        board.addMemories();
        SvdDocument description = board.addDevices(folder);
        if (device.mpu() != null) {
            description.setMpuPresent(device.mpu().equals("NO_MPU") ? "0" : device.mpu());
        }
        SvdBoard.tellCore(description, core == null ? "" : core, builder);
        return builder.reading(device.name(), "device " + RegionNames.quoted(device.name()));
    }

    private static Device device(String source, List<Device> devices, @Nullable String asked)
            throws BoardFormatException {
        if (devices.isEmpty()) {
            throw new BoardFormatException(source, "devices", "this pack describes no device");
        }
        if (asked == null) {
            if (devices.size() == 1) {
                return devices.get(0);
            }
            throw new BoardFormatException(
                    source,
                    "devices",
                    "this pack describes " + devices.size() + " devices; choose one with --device, for instance "
                            + named(devices));
        }
        for (Device device : devices) {
            if (device.name().equalsIgnoreCase(asked)) {
                return device;
            }
        }
        String start = asked.toUpperCase(Locale.ROOT);
        List<Device> near = devices.stream()
                .filter(device -> device.name().toUpperCase(Locale.ROOT).startsWith(start)
                        || start.startsWith(device.name().toUpperCase(Locale.ROOT)))
                .toList();
        throw new BoardFormatException(
                source,
                "devices",
                "this pack has no device " + RegionNames.quoted(asked) + " among its " + devices.size()
                        + (near.isEmpty()
                                ? "; there is for instance " + named(devices)
                                : "; did you mean " + named(near) + "?"));
    }

    private static String named(List<Device> devices) {
        return String.join(
                ", ",
                devices.stream().limit(MAX_NAMED).map(Device::name).distinct().toList());
    }

    private void addMemories() throws BoardFormatException {
        for (PackMemory memory : device.memories()) {
            String position = memory.position() + " (" + memory.name() + ")";
            if (memory.isAlias()) {
                builder.note(position + ": this is a second address of another memory, and is passed over");
                continue;
            }
            long start = number(position, "start", memory.start());
            long size = number(position, "size", memory.size());
            if (size == 0) {
                builder.note(position + ": the memory has size 0 and is passed over");
            } else {
                builder.addWithin(
                        memory.name().toLowerCase(Locale.ROOT),
                        isRam(memory) ? Kind.RAM : Kind.DEVICE,
                        AddressPiece.of(start, size),
                        position);
            }
        }
        if (!builder.hasRam()) {
            throw builder.fail(
                    "device " + RegionNames.quoted(device.name()),
                    "the pack describes no RAM of this device. Say it, for instance: --ram 0x20000000:64KiB");
        }
    }

    /** What can be written is RAM, but for peripherals and for flash memory, which some packs call writable. */
    private static boolean isRam(PackMemory memory) {
        String name = memory.name().toUpperCase(Locale.ROOT);
        String access = memory.access();
        if (ROM.matcher(name).matches()) {
            return false;
        }
        return access == null ? name.contains("RAM") : access.contains("w") && !access.contains("p");
    }

    private long number(String position, String attribute, @Nullable String text) throws BoardFormatException {
        if (text == null) {
            throw builder.fail(position, "the " + attribute + " is missing");
        }
        try {
            return SvdNumber.parse(text);
        } catch (NumberFormatException e) {
            throw builder.fail(position, "the " + attribute + " " + e.getMessage());
        }
    }

    /** What the SVD says of the core's MPU; nothing if there is none. */
    private SvdDocument addDevices(@Nullable Path folder) throws BoardFormatException {
        String named = device.description();
        if (named == null) {
            builder.note("the pack names no SVD for " + device.name() + ", so its peripherals are not known");
            return new SvdDocument();
        }
        Path file = folder == null ? null : find(folder, named);
        if (file == null) {
            builder.note("the SVD " + RegionNames.quoted(named) + " of " + device.name() + " is not beside " + source
                    + ", so its peripherals are not known");
            return new SvdDocument();
        }
        return SvdBoard.addDevices(file.toString(), FileContent.of(file), builder);
    }

    /** The file where the pack has it, or, if the pack's folders were not kept, in the folder of the description. */
    private static @Nullable Path find(Path folder, String named) {
        String path = named.replace('\\', '/');
        for (String candidate : List.of(path, path.substring(path.lastIndexOf('/') + 1))) {
            try {
                Path file = folder.resolve(candidate).normalize();
                if (file.startsWith(folder.normalize()) && Files.isRegularFile(file)) {
                    return file;
                }
            } catch (InvalidPathException e) {
                // no file has such a name; the note says which one was looked for
            }
        }
        return null;
    }
}
