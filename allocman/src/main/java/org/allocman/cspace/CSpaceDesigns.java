package org.allocman.cspace;

import java.util.List;

/** The CSpace designs that are built in. Everything that takes a design takes another one just as well. */
public final class CSpaceDesigns {
    /** One CNode, slots in any order. */
    public static final CSpaceDesign ONE_LEVEL = new OneLevelDesign();

    /** CNodes that come and go below a root CNode. */
    public static final CSpaceDesign TWO_LEVEL = new TwoLevelDesign();

    /** One CNode that is filled once. */
    public static final CSpaceDesign BUMP = new BumpDesign();

    /** All of them. */
    public static final List<CSpaceDesign> ALL = List.of(ONE_LEVEL, TWO_LEVEL, BUMP);

    private CSpaceDesigns() {}
}
