/**
 * One function explained: its configuration in words, the layout choice with its evidence, what
 * other drivers would do, and what the kernel did. Knows how to print all of it in three forms;
 * must never decide anything itself.
 *
 * <pre>
 *   Explanation --&gt; ExplanationText | ExplanationJson | ExplanationPage (HTML)
 *                                                       ExplanationSections
 *                                                         org.jvirtio.lab.picture
 *                                                         ChoiceTree    --&gt; RuleTree
 * </pre>
 *
 * <p>Read {@link org.jvirtio.cli.explain.Explanation} first.
 */
package org.jvirtio.cli.explain;
