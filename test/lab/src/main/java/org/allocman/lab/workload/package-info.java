/** Work to give to an allocator: seeded, so that it can be repeated. */
package org.allocman.lab.workload;
