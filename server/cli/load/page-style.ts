/** Of the page of a run; nothing of it is loaded from anywhere. */
export const style = `
:root { color-scheme: light dark; --paper: #fbfaf8; --card: #fff; --ink: #1d2127; --quiet: #636b76;
  --rule: #e4e1dc; --grid: #ece9e4; --p50: #1a73b8; --p90: #2a9d8f; --p99: #d98200; --max: #c2415b;
  --good: #2a9d8f; --limited: #d9a200; --failed: #c2415b; --then: #8a8f98; --better: #1d7a4c; --worse: #b4302b }
@media (prefers-color-scheme: dark) { :root { --paper: #14171b; --card: #1b1f25; --ink: #e8eaed; --quiet: #9aa3af;
  --rule: #2c323a; --grid: #272c34; --p50: #5fb0ee; --p90: #55c7b6; --p99: #f2ab3c; --max: #f07f95;
  --good: #3fae9f; --limited: #e2b53f; --failed: #ec6a82; --then: #8b93a0; --better: #6fd3a0; --worse: #ff9d93 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, "Segoe UI", sans-serif }
main { max-width: 1000px; margin: 0 auto; padding: 40px 24px 64px }
header p { margin: 4px 0 0; color: var(--quiet); overflow-wrap: anywhere }
h1 { margin: 0; font-size: 26px; line-height: 1.25; letter-spacing: -.01em }
h2 { margin: 0; font-size: 16px }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 28px 0 }
.tile, figure, section { background: var(--card); border: 1px solid var(--rule); border-radius: 10px }
.tile { padding: 12px 16px }
.tile dt { color: var(--quiet); font-size: 13px }
.tile dd { margin: 2px 0 0; font-size: 22px; font-variant-numeric: tabular-nums; white-space: nowrap }
.tile dd small { display: block; font-size: 13px }
figure, section { margin: 0 0 20px; padding: 18px 20px 12px }
figcaption { display: flex; flex-wrap: wrap; gap: 4px 24px; justify-content: space-between; margin-bottom: 6px }
.legend { display: flex; flex-wrap: wrap; gap: 2px 16px; color: var(--quiet); font-size: 13px }
.key i { display: inline-block; width: 12px; height: 12px; margin-right: 6px; border-radius: 3px; vertical-align: -1px }
figure { overflow-x: auto }
svg { display: block; width: 100%; min-width: 620px; height: auto }
svg text { font: 12px system-ui, "Segoe UI", sans-serif; fill: var(--quiet) }
.end { text-anchor: end } .middle { text-anchor: middle }
.grid { stroke: var(--grid) } .base, .tick { stroke: var(--rule) }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }
.line.max { stroke-width: 1.25 } .line.then { stroke-dasharray: 4 5; stroke-width: 1.75 }
.dot { fill: var(--card); stroke: var(--p50); stroke-width: 1.75 }
${['p50', 'p90', 'p99', 'max', 'then']
  .map((name) => `path.${name} { stroke: var(--${name}) } i.${name} { background: var(--${name}) }`)
  .join('\n')}
${['good', 'limited', 'failed']
  .map((name) => `rect.${name} { fill: var(--${name}) } i.${name} { background: var(--${name}) }`)
  .join('\n')}
.scroll { overflow-x: auto }
table { width: 100%; border-collapse: collapse; margin: 8px 0; font-variant-numeric: tabular-nums }
th, td { padding: 6px 10px; text-align: right; border-top: 1px solid var(--rule); white-space: nowrap }
thead th { border-top: 0; color: var(--quiet); font-weight: 500; font-size: 13px }
th:first-child, td:first-child { text-align: left; font-weight: 500; padding-left: 0 } td:last-child, th:last-child { padding-right: 0 }
.better { color: var(--better) } .worse { color: var(--worse) }
.remark { border-left: 4px solid var(--limited); padding: 12px 16px }
footer { color: var(--quiet); font-size: 13px }
@media print { body { background: none } figure, section { break-inside: avoid } }
`;
