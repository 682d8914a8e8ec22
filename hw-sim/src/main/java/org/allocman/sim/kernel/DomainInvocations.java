package org.allocman.sim.kernel;

import org.allocman.sim.memory.PagedMemory;
import org.allocman.vka.Architecture;
import org.allocman.vka.KernelError;

/** The invocations of the domain capability (seL4 manual, "seL4_DomainSet_Set"). */
final class DomainInvocations {
    private static final int INDEX_AND_DOMAIN = 2;

    private final PagedMemory memory;
    private final Slots slots;
    private final DomainSchedule schedule;
    private final int domains;
    private final int timeWords;

    DomainInvocations(PagedMemory memory, Slots slots, Architecture architecture, long state) {
        this.memory = memory;
        this.slots = slots;
        this.domains = architecture.domains();
        this.schedule = new DomainSchedule(memory, state, domains);
        this.timeWords = Long.SIZE / architecture.wordBits();
    }

    KernelError control(KernelMessage message, long thread) {
        return switch ((int) Math.min(message.label(), Integer.MAX_VALUE)) {
            case Labels.DOMAIN_SET -> set(message, thread);
            case Labels.DOMAIN_SCHEDULE_CONFIGURE -> configure(message);
            case Labels.DOMAIN_SCHEDULE_SET_START -> start(message);
            default -> KernelError.illegalOperation();
        };
    }

    private KernelError set(KernelMessage message, long thread) {
        if (message.length() == 0) {
            return KernelError.truncatedMessage();
        }
        if (isNoDomain(message.word(0))) {
            return KernelError.invalidArgument(0);
        }
        if (thread < 0) {
            return KernelError.truncatedMessage();
        }
        if (slots.type(thread) != CapabilityType.TCB) {
            return KernelError.invalidArgument(1);
        }
        TcbLayout.DOMAIN.set(memory, slots.object(thread) + TcbLayout.wordsShift(slots), message.word(0));
        return KernelError.NO_ERROR;
    }

    private boolean isNoDomain(long domain) {
        return Long.compareUnsigned(domain, domains) >= 0;
    }

    private KernelError configure(KernelMessage message) {
        if (message.length() < INDEX_AND_DOMAIN + timeWords) {
            return KernelError.truncatedMessage();
        }
        long index = message.word(0);
        long domain = message.word(1);
        long duration = message.word(INDEX_AND_DOMAIN);
        if (timeWords > 1) {
            duration |= message.word(INDEX_AND_DOMAIN + 1) << Integer.SIZE;
        }
        // the last entry stays an end marker
        if (Long.compareUnsigned(index, schedule.length() - 1L) >= 0) {
            return KernelError.rangeError(0, schedule.length() - 2L);
        }
        if (isNoDomain(domain)) {
            return KernelError.rangeError(0, domains - 1L);
        }
        if (Long.compareUnsigned(duration, DomainSchedule.MOST_DURATION) > 0) {
            return KernelError.invalidArgument(2);
        }
        // an end marker is all zero
        if (duration == 0 && domain != 0) {
            return KernelError.invalidArgument(1);
        }
        // the schedule does not begin with its end
        if (duration == 0 && index == schedule.start()) {
            return KernelError.invalidArgument(2);
        }
        schedule.put((int) index, (int) domain, duration);
        return KernelError.NO_ERROR;
    }

    private KernelError start(KernelMessage message) {
        if (message.length() < 1) {
            return KernelError.truncatedMessage();
        }
        long index = message.word(0);
        if (Long.compareUnsigned(index, schedule.length()) >= 0) {
            return KernelError.rangeError(0, schedule.length() - 1L);
        }
        if (schedule.duration((int) index) == 0) {
            return KernelError.invalidArgument(0);
        }
        schedule.setStart((int) index);
        return KernelError.NO_ERROR;
    }
}
