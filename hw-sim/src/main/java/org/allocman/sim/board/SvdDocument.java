package org.allocman.sim.board;

import java.util.ArrayList;
import java.util.List;
import org.checkerframework.checker.nullness.qual.Nullable;

/** What of a CMSIS-SVD file matters here, as it stands there. */
final class SvdDocument {
    private final List<Area> memoryRegions = new ArrayList<>();
    private final List<Area> peripherals = new ArrayList<>();
    private @Nullable String name;
    private @Nullable String cpu;
    private @Nullable Boolean isMpuPresent;
    private @Nullable String mpuTypeReset;
    private @Nullable String ownMpuReset;

    /** A memory region, a peripheral, or an address block of one; {@code position} is where it begins. */
    static final class Area {
        private final String position;
        private final @Nullable String derivedFrom;
        private final List<Area> blocks = new ArrayList<>();
        private @Nullable String name;
        private @Nullable String start;
        private @Nullable String size;
        private boolean isReserved;
        private boolean hasOwnMpu;

        Area(String position, @Nullable String derivedFrom) {
            this.position = position;
            this.derivedFrom = derivedFrom;
        }

        String position() {
            return position;
        }

        @Nullable
        String derivedFrom() {
            return derivedFrom;
        }

        List<Area> blocks() {
            return blocks;
        }

        @Nullable
        String name() {
            return name;
        }

        @Nullable
        String start() {
            return start;
        }

        @Nullable
        String size() {
            return size;
        }

        /** Whether it is a block that its peripheral only keeps others from. */
        boolean isReserved() {
            return isReserved;
        }

        /** Whether it is the Kinetis family's own MPU. */
        boolean hasOwnMpu() {
            return hasOwnMpu;
        }

        void setOwnMpu() {
            hasOwnMpu = true;
        }

        /** Takes the text of one of its elements. */
        void set(String element, String text) {
            switch (element) {
                case "name" -> name = text;
                case "baseAddress", "offset" -> start = text;
                case "size" -> size = text;
                case "usage" -> isReserved = text.equals("reserved");
                default -> {}
            }
        }
    }

    List<Area> memoryRegions() {
        return memoryRegions;
    }

    List<Area> peripherals() {
        return peripherals;
    }

    @Nullable
    String name() {
        return name;
    }

    void setName(String text) {
        name = text;
    }

    @Nullable
    String cpu() {
        return cpu;
    }

    void setCpu(String text) {
        cpu = text;
    }

    /** Whether the file says that there is an MPU; null if it says nothing. */
    @Nullable
    Boolean isMpuPresent() {
        return isMpuPresent;
    }

    void setMpuPresent(String text) {
        isMpuPresent = !text.equals("false") && !text.equals("0");
    }

    /** What {@code MPU_TYPE} is at first. */
    @Nullable
    String mpuTypeReset() {
        return mpuTypeReset;
    }

    void setMpuTypeReset(@Nullable String text) {
        mpuTypeReset = text;
    }

    /** What {@code CESR} of the Kinetis family's unit is at first. */
    @Nullable
    String ownMpuReset() {
        return ownMpuReset;
    }

    void setOwnMpuReset(@Nullable String text) {
        ownMpuReset = text;
    }
}
