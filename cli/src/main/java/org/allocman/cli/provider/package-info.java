/**
 * Managers and resource types that are not built in. {@link org.allocman.cli.provider.WithOption} is the option,
 * {@link org.allocman.cli.provider.Designs} are all that can be chosen then.
 */
package org.allocman.cli.provider;
