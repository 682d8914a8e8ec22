package org.allocman.testkit.arbitraries;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Properties may ask for the types of {@link AllocmanDomain}, beside those that jqwik itself makes. */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Domain(AllocmanDomain.class)
@Domain(DomainContext.Global.class)
public @interface AllocmanTypes {}
