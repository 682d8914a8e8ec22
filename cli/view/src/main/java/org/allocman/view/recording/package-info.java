/**
 * Records a run: what each invocation and each operation of the manager changed, read from the memory's journal. Nothing here
 * touches the machine; it stands before the kernel and before the manager and looks at memory behind them.
 */
package org.allocman.view.recording;
