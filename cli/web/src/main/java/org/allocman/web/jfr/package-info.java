/** Stands for Java Flight Recorder where there is none: nobody ever records. */
package org.allocman.web.jfr;
