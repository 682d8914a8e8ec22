package org.allocman.bootstrap;

import java.io.Serial;

/**
 * A {@link BootstrapFailure} where a manager is expected:
 * {@code Bootstrap.start(...).getOrElseThrow(BootstrapException::new)}.
 */
public final class BootstrapException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient BootstrapFailure failure;

    /**
     * Wraps a failure.
     *
     * @param failure why there is no manager
     */
    public BootstrapException(BootstrapFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    /**
     * Why there is no manager.
     *
     * @return the failure
     */
    public BootstrapFailure failure() {
        return failure;
    }
}
