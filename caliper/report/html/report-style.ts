/** The page's style: light and dark by the reader's setting, plain on paper. Colours keep their contrast in both. */
export const reportStyle = `
:root { color-scheme: light dark; --ground: #ffffff; --raised: #f5f6f8; --ink: #1b2129; --soft: #566070; --line: #d8dce2;
    --s0: #0b62b8; --s1: #b34a00; --s2: #1f7a3d; --s3: #7a3fb0; --s9: #5b6472; --kept: #1a7037; --missed: #b3261e;
    --open: #8a5a00; --note: #fff5dc; --note-line: #d9a928; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --raised: #1d232a; --ink: #e8ebef; --soft: #a5afbd;
    --line: #353d48; --s0: #6db3f7; --s1: #f5a15b; --s2: #6fcf8f; --s3: #c69cf0; --s9: #aab3c0; --kept: #6fcf8f;
    --missed: #ff8a80; --open: #f0c060; --note: #2e2812; --note-line: #b48a1c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto,
    "Helvetica Neue", Arial, sans-serif; }
main { max-width: 1000px; margin: 0 auto; padding: 28px 20px 64px; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 0 0 4px; }
h2 { font-size: 1.25rem; margin: 44px 0 10px; padding-bottom: 6px; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0 0 8px; }
p { margin: 8px 0; max-width: 76ch; }
.soft, figcaption, caption { color: var(--soft); font-size: 0.875rem; }
.note { background: var(--note); border-left: 4px solid var(--note-line); padding: 10px 14px; margin: 16px 0; border-radius: 4px; }
.note p { margin: 0; max-width: none; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(320px, 1fr)); gap: 14px; }
.card { background: var(--raised); border: 1px solid var(--line); border-radius: 8px; padding: 14px 16px; break-inside: avoid; }
.card p { margin: 4px 0; overflow-wrap: anywhere; }
.card .status { font-weight: 700; float: right; }
.met { color: var(--kept); } .missed { color: var(--missed); } .not-measured { color: var(--open); }
.card .figure { font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.card .figure small { font-size: 0.95rem; font-weight: 400; color: var(--soft); }
.meter { width: 100%; height: 8px; display: block; margin: 6px 0 8px; }
.meter .track { fill: var(--line); }
.meter .fill.met { fill: var(--kept); } .meter .fill.missed { fill: var(--missed); }
figure { margin: 22px 0 30px; break-inside: avoid; }
figure > svg { width: 100%; height: auto; display: block; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: var(--soft); }
svg .end { text-anchor: end; } svg .middle { text-anchor: middle; }
svg .row-label { fill: var(--ink); font-size: 13px; }
svg .grid { stroke: var(--line); stroke-width: 1; } svg .faint { opacity: 0.45; } svg .axis { stroke: var(--soft); }
svg .limit { stroke: var(--missed); stroke-width: 1.5; stroke-dasharray: 7 4; }
svg text.limit-label { fill: var(--missed); paint-order: stroke; stroke: var(--ground); stroke-width: 4px; }
svg .equal { stroke: var(--soft); stroke-dasharray: 4 4; }
svg .trace { fill: none; stroke-width: 2; }
svg .whisker { stroke-width: 1.75; } svg .box { opacity: 0.38; } svg .mark { stroke-width: 1.5; } svg .pale { opacity: 0.45; } svg .phase { opacity: 0.8; }
${[0, 1, 2, 3, 9]
    .map(
        (slot) =>
            `svg .trace.s${slot}, svg .whisker.s${slot}, svg .mark.s${slot} { stroke: var(--s${slot}); } ` +
            `svg .box.s${slot}, svg .mark.s${slot}, svg .phase.s${slot} { fill: var(--s${slot}); }`,
    )
    .join('\n')}
svg .mark.hollow { fill: var(--ground); } svg .mark.s9 { fill: none; stroke-width: 2.25; }
.key { list-style: none; display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0; padding: 0; font-size: 0.875rem; color: var(--soft); }
.key .swatch { width: 16px; height: 16px; vertical-align: -3px; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.875rem; font-variant-numeric: tabular-nums; margin: 10px 0; }
caption { text-align: left; padding-bottom: 6px; }
th, td { padding: 5px 8px; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; vertical-align: top; }
th { font-weight: 600; color: var(--soft); vertical-align: bottom; }
th.text, td.text { text-align: left; } td.words { white-space: normal; min-width: 12em; }
tbody th { text-align: left; color: var(--ink); }
code { font: 0.875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 18px; margin: 10px 0; }
dt { color: var(--soft); } dd { margin: 0; }
@media (max-width: 560px) { dl { grid-template-columns: 1fr; } dd { margin-bottom: 6px; } }
@media print { :root { color-scheme: light; } body { font-size: 11pt; } main { max-width: none; padding: 0; }
    .wide { overflow: visible; } table { font-size: 8pt; } th, td { padding: 2px 4px; } }
`;
