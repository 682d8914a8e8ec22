package org.allocman.lesson.answer;

import java.util.Map;
import java.util.TreeMap;

/** Loads the classes of one program; another program has another loader, so their names do not meet. */
final class AnswerLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    AnswerLoader(Map<String, byte[]> classes, ClassLoader parent) {
        super(parent);
        this.classes = new TreeMap<>(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] code = classes.get(name);
        if (code == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, code, 0, code.length);
    }
}
