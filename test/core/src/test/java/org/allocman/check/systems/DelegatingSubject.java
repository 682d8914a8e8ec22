package org.allocman.check.systems;

import java.util.List;
import org.allocman.check.action.Action;
import org.allocman.check.action.Subject;
import org.allocman.sim.memory.PhysicalMemory;

/** A subject that a test looks at as it is used. */
class DelegatingSubject implements Subject {
    private final Subject subject;

    DelegatingSubject(Subject subject) {
        this.subject = subject;
    }

    @Override
    public PhysicalMemory memory() {
        return subject.memory();
    }

    @Override
    public List<Action> actions() {
        return subject.actions();
    }

    @Override
    public boolean isSound() {
        return subject.isSound();
    }

    @Override
    public List<String> broken() {
        return subject.broken();
    }

    @Override
    public List<String> facts() {
        return subject.facts();
    }
}
