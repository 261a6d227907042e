/**
 * Choosing cases, running them, and telling what came of it.
 *
 * <pre>
 *   LabCases --CaseSelection--> some --CaseRunner--> ReportedCases --RunReport--> ReportForm
 *                                      CaseRun here,                              text json ktap
 *                                      or in a guest                              junit html
 * </pre>
 *
 * <p>It knows no device and no kind of case. What a device said stands in a report as it was said,
 * so nothing here may obey it: see {@link org.jvirtio.page.Visible}.
 *
 * <p>Read {@link org.jvirtio.lab.report.RunReport} first.
 */
package org.jvirtio.lab.report;
