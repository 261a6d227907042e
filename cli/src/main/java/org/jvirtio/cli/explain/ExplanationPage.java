package org.jvirtio.cli.explain;

import org.jvirtio.page.Page;

/** An explanation as a {@link Page}. */
public final class ExplanationPage {

    private ExplanationPage() {}

    public static String of(Explanation explanation) {
        return Page.of(
                "jvirtio explain " + explanation.choice().function(),
                page -> new ExplanationSections(page, explanation).all());
    }
}
