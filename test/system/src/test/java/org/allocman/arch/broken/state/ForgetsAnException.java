package org.allocman.arch.broken.state;

import java.util.List;

/** An immutable list, which the rule cannot tell from a mutable one: such a field must be listed by name. */
record ForgetsAnException(List<String> names) {}
