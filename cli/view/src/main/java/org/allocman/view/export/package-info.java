/**
 * A machine at one moment, {@link org.allocman.view.export.MachineState}, and what other tools can read of it: capDL, Graphviz,
 * JSON, SVG. Nothing here changes the machine.
 */
package org.allocman.view.export;
