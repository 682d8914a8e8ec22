/**
 * Resource types of any kind, ours and a user's: {@link org.allocman.check.resource.OwnerModel} says what each call has to
 * answer, {@link org.allocman.check.resource.ResourceWorkload} calls at random, and
 * {@link org.allocman.check.resource.ResourceDesigns} are the types that are built in.
 */
package org.allocman.check.resource;
