/** The profile of a research kernel; {@link org.example.hydra.Hydra} is it. */
package org.example.hydra;
