/**
 * Masks for functions: any function, real ones too, seen as one that lies.
 *
 * <p>It knows where registers lie and what they are called; it must not know drivers, nor which
 * reach is behind the mask. What it does not touch goes through as it is, and every write reaches
 * the function.
 *
 * <pre>
 *   text --OverlayText--&gt; Overlay --over(function)--&gt; OverlaidFunction
 *     hide NOTIFY_CFG         ListEdit, ConfigEdit      config()   ShownConfig
 *     bar 0 hide              BarEdit                   bars()     ShownBars
 *     ISR.ISR_STATUS = 1      RegisterEdit              open()     ShownRegisters
 *     vectors 1               InterruptEdit             interrupts()
 * </pre>
 *
 * <p>Read {@link org.jvirtio.lab.overlay.OverlayText} first: it has the grammar.
 */
package org.jvirtio.lab.overlay;
