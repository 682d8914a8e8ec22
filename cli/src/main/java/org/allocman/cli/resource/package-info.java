/** {@code allocman resource}: a resource type of any kind, claimed and released at random, and drawn. */
package org.allocman.cli.resource;
