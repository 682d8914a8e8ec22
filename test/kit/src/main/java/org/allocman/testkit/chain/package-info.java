/**
 * The actions of a machine as jqwik's action chains, see {@link org.allocman.testkit.chain.Chains}. jqwik is on the module
 * path of whoever uses this package; nothing else of the kit needs it.
 */
package org.allocman.testkit.chain;
