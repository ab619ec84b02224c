/**
 * How the page looks: light or dark as the reader has it, light on paper. The colours of data are told apart by the colour-blind.
 *
 * @source Okabe, Ito (2008), Color Universal Design
 */
const light = `--paper:#fff;--ink:#1d2329;--muted:#59636e;--line:#dfe3e7;--field:#f3f5f7;--first:#0072b2;--second:#d55e00`
const dark = `--paper:#15191d;--ink:#e4e7ea;--muted:#9ba6b1;--line:#313a43;--field:#1e252b;--first:#56b4e9;--second:#f0a04b`

export const style = `
:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{color-scheme:light;${light}}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 2rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem}
section{margin:0 0 3rem}
figure{margin:0 0 1rem}
figcaption{color:var(--muted);font-size:.875rem;max-width:46rem;margin-top:.5rem}
.across{overflow-x:auto}
table{border-collapse:collapse;font-size:.9375rem;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);font-size:.875rem;padding:0 0 .4rem}
th,td{text-align:left;vertical-align:top;padding:.35rem 1.5rem .35rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere;unicode-bidi:isolate}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--muted);font-size:.875rem;font-weight:400}
tbody th{font-weight:600}
.numbers td,.numbers thead th+th{text-align:right}
.numbers td{white-space:nowrap}
.numbers thead th+th{min-width:5rem;max-width:16rem}
details caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.texts td{min-width:6rem}
tbody th{min-width:7.5rem;max-width:20rem}
details{margin:.75rem 0}
summary{cursor:pointer;color:var(--muted);font-size:.875rem;margin-bottom:.75rem}
svg{display:block;max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
svg text{fill:var(--ink)}
svg .tick,svg .axis{fill:var(--muted)}
svg .middle{text-anchor:middle}
svg .end{text-anchor:end}
.grid{stroke:var(--line)}
.line{fill:none;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.line.train{stroke:var(--first)}
.line.validation{stroke:var(--second)}
.dot.train{fill:var(--first)}
.dot.validation{fill:var(--second)}
.mark{stroke:var(--muted);stroke-dasharray:2 3}
.ring{fill:none;stroke:var(--ink);stroke-width:2}
.diagonal{stroke:var(--muted);stroke-width:1.5;stroke-dasharray:5 4}
.point{fill:var(--first);fill-opacity:.45}
.bar,.right{fill:var(--first)}
.wrong{fill:var(--second)}
.field{fill:var(--field)}
svg .over{fill:var(--paper)}
svg .dark{fill:#15191d}
svg .none{fill:var(--muted);fill-opacity:.6}
.error{fill:none;stroke:var(--ink);stroke-width:1.25}
.interval{stroke:var(--first);stroke-width:2;stroke-opacity:.4}
.gap{stroke:var(--paper)}
.zero{stroke:var(--muted)}
@media print{body{font-size:11pt}main{max-width:none;padding:0}section{margin-bottom:1.5rem}figure,tr{break-inside:avoid}h2,caption{break-after:avoid}svg{min-width:0!important}.across{overflow:visible}details:not([open]),details summary{display:none}}
`
