// SPDX-License-Identifier: Apache-2.0
#include "core/report/html_style.h"

namespace tally {

const std::string_view htmlStyle = R"css(
:root { --text: #1B2530; --ink: #12314F; --muted: #52606D; --number: #7B8894; --rule: #9AA7B3; --light: #CBD3DA;
  --group: #EEF2F5; --excerpt: #F4F6F8; --hit: #E1E7EC; --blue: #3C6291; }
* { box-sizing: border-box; }
html { color: var(--text); background: #fff; font: 15px/1.45 Inter, "Liberation Sans", Arial, sans-serif; font-variant-numeric: tabular-nums; }
body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.5rem 5rem; }
a { color: inherit; text-decoration-color: var(--rule); text-underline-offset: 2px; }
a:focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
h1, h2, h3, h4 { color: var(--ink); line-height: 1.25; font-weight: 600; }
h1 .no, h2 .no, h3 .no { color: var(--number); font-weight: 500; margin-right: .5em; }
h2.section { font-size: 1.9rem; letter-spacing: -.015em; margin: 4rem 0 1rem; border-top: 2px solid var(--ink); padding-top: 1.2rem; }
h3 { font-size: 1.25rem; margin: 2.2rem 0 .6rem; }
h3.unit { font-size: 1.7rem; letter-spacing: -.01em; margin-top: 4rem; }
h3.cause { font-size: 1.15rem; border-top: 2px solid var(--ink); padding-top: .8rem; margin-top: 2.6rem; display: flex; gap: 1rem; justify-content: space-between; }
h3.cause .aside { font-size: .85rem; color: var(--text); font-weight: 400; white-space: nowrap; }
h4 { font-size: 1rem; color: var(--text); margin: 1.6rem 0 .4rem; }
p { margin: .6rem 0; max-width: 52rem; }
.lead { font-size: 1.1rem; } .note { font-size: .85rem; color: var(--muted); } .muted { color: var(--muted); }
.mono, code, pre { font-family: "DejaVu Sans Mono", "Liberation Mono", Consolas, monospace; font-size: .82em; font-variant-ligatures: none; overflow-wrap: anywhere; }
.digest { display: inline-block; max-width: 38em; }
.command { background: var(--excerpt); border-left: 2px solid var(--rule); padding: .45rem .8rem; max-width: none; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0 .8rem; font-size: .87rem; }
caption { position: absolute; left: -100rem; }
th { text-align: left; color: var(--muted); font-weight: 600; font-size: .78rem; vertical-align: bottom; border-bottom: 2px solid var(--ink); padding: .3rem .7rem .3rem 0; }
td { vertical-align: top; border-bottom: 1px solid var(--light); padding: .4rem .7rem .4rem 0; overflow-wrap: anywhere; }
tr:last-child td { border-bottom: 1px solid var(--rule); }
td:last-child, th:last-child { padding-right: 0; }
.right { text-align: right; } td.right { white-space: nowrap; }
tr.group td { background: var(--group); color: var(--ink); padding: .35rem .5rem; }
tr.sum td { font-weight: 600; }
.line { display: block; }
.s { width: 1em; height: 1em; vertical-align: -.12em; margin-right: .4em; flex: none; }
.nowrap { white-space: nowrap; }
.bar { display: block; height: .6rem; background: var(--group); min-width: 4rem; margin-top: .35rem; } .bar i { display: block; height: 100%; background: var(--blue); }
.bar.lines, .months { position: relative; background: none; display: block; min-width: 8rem; } .bar.lines b { position: absolute; top: -.8rem; bottom: -.8rem; border-left: 1px solid var(--light); } .bar.lines b.today { border-left: 2px solid var(--ink); } .bar.lines i { position: relative; } .months { height: 1.2em; } .months b { position: absolute; font-weight: 600; white-space: nowrap; }
.letterhead { display: flex; gap: 2rem; justify-content: space-between; margin: 0 0 2rem; } .letterhead img { max-width: 17rem; max-height: 5rem; } .letterhead p { margin: 0; font-size: .82rem; color: var(--muted); } .letterhead .line:first-child { color: var(--text); font-weight: 600; }
.tiles { margin: 1.6rem 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
.cover { padding: 1rem 0 2rem; }
.cover h1 { font-size: 3.2rem; letter-spacing: -.025em; margin: .2rem 0 .6rem; }
.cover .kind { color: var(--muted); font-weight: 500; } .cover .sub { font-size: 1.25rem; margin: 0 0 2rem; }
.mark { float: right; border: 1px solid var(--text); padding: .15rem .7rem; font-weight: 700; font-size: .75rem; letter-spacing: .06em; }
dl { display: grid; grid-template-columns: 11rem 1fr; gap: .35rem 1rem; margin: .8rem 0; font-size: .9rem; }
dt { color: var(--muted); font-weight: 600; font-size: .82rem; padding-top: .1rem; } dd { margin: 0; overflow-wrap: anywhere; }
.cover dl { border-top: 1px solid var(--ink); padding-top: 1rem; }
nav ol { list-style: none; padding: 0; columns: 2; } nav li { margin: .2rem 0; } nav .no { color: var(--number); display: inline-block; min-width: 2.2em; }
.verdict { border-left: 5px solid var(--ink); padding: .2rem 0 .2rem 1.1rem; margin: 1rem 0 1.5rem; }
.verdict .headline { font-size: 1.35rem; font-weight: 600; color: var(--ink); margin: 0 0 .3rem; }
.figures { display: flex; border-top: 1px solid var(--ink); border-bottom: 1px solid var(--rule); margin: 1rem 0 1.5rem; }
.figures div { flex: 1; padding: .7rem 1rem; border-left: 1px solid var(--light); } .figures div:first-child { padding-left: 0; border-left: 0; }
.figures b { font-size: 1.7rem; font-weight: 600; color: var(--ink); } .figures .word { font-size: 1.1rem; } .figures .of { color: var(--muted); } .figures span { display: block; font-size: .8rem; color: var(--muted); } .figures b + .of { display: inline; font-size: 1rem; }
.charts { display: grid; grid-template-columns: 1fr 1fr; gap: 2rem; } figure { margin: 0; } figcaption { font-weight: 600; font-size: .9rem; margin-bottom: .5rem; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1rem; font-size: .8rem; margin: .4rem 0 0; padding: 0; list-style: none; } .legend svg { width: 1em; height: 1em; vertical-align: -.1em; margin-right: .35em; }
.strip { display: flex; gap: 2rem; justify-content: space-between; border-top: 1px solid var(--light); border-bottom: 1px solid var(--rule); padding: .6rem 0; margin: .8rem 0 0; } .strip span { display: block; color: var(--muted); font-size: .78rem; font-weight: 600; }
.part { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); gap: 1rem; border-top: 2px solid var(--ink); padding: .9rem 0; margin-top: 1.4rem; }
.part > header b { display: block; color: var(--ink); font-size: 1.1rem; } .part > header .modal { font-size: .75rem; font-weight: 700; display: block; } .part > header .class { font-size: .78rem; color: var(--muted); }
.part .state { font-weight: 600; } .part .text { font-size: 1rem; margin-top: 0; } .part dl { grid-template-columns: 8rem 1fr; }
.excerpt { margin: .9rem 0; } .excerpt .address { font-size: .85rem; margin: 0; } .excerpt pre { background: var(--excerpt); border-left: 2px solid var(--rule); margin: .3rem 0 0; padding: .4rem 0; white-space: pre-wrap; } .excerpt pre span { display: block; padding: 0 .8rem; } .excerpt pre .hit { background: var(--hit); font-weight: 700; } .excerpt pre i { font-style: normal; color: var(--number); display: inline-block; min-width: 5.5em; text-align: right; margin-right: 1.2em; user-select: none; }
.box { border: 2px solid var(--ink); padding: .9rem 1.1rem; margin: 1.6rem 0; } .box .headline { font-size: 1.1rem; font-weight: 600; color: var(--ink); display: flex; justify-content: space-between; gap: 1rem; margin: 0; border-bottom: 1px solid var(--light); padding-bottom: .5rem; max-width: none; } .box .headline small { font-weight: 400; color: var(--muted); }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 3.5rem 2rem; padding-top: 3rem; } .signatures div { border-top: 1px solid var(--ink); padding-top: .2rem; } .signatures small { color: var(--muted); display: flex; gap: 6rem; } .signatures b { display: block; margin-top: .4rem; min-height: 1.4em; }
footer { margin-top: 4rem; border-top: 1px solid var(--rule); padding-top: .6rem; color: var(--muted); font-size: .8rem; display: flex; justify-content: space-between; gap: 1rem; }
@media (max-width: 46rem) { .charts, .pair, .part { grid-template-columns: minmax(0, 1fr); } .figures, .strip { flex-wrap: wrap; } nav ol { columns: 1; } }
@media print {
  @page { size: A4; margin: 20mm 18mm 20mm 22mm; }
  html { font-size: 10.5px; } body { max-width: none; padding: 0; } .skip { display: none; } a { text-decoration: none; }
  h2.section { break-before: page; margin-top: 0; border-top: 0; } h2, h3, h4 { break-after: avoid; }
  tr, .excerpt, .box, figure, .verdict, .signatures div { break-inside: avoid; } thead { display: table-header-group; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
)css";

const std::string_view htmlSymbols
    = R"svg(<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<symbol id="s-deviation" viewBox="0 0 16 16"><path d="M8 1 15.4 15H.6z" fill="#8E1F1F"/><path d="M8 6v4.2M8 11.6v1.6" stroke="#fff" stroke-width="1.7"/></symbol>
<symbol id="s-manual" viewBox="0 0 16 16"><path d="M8 .4 15.6 8 8 15.6.4 8z" fill="#3C6291"/><path d="M5.9 6.2c0-1.2.9-2 2.1-2s2.1.8 2.1 1.9c0 1.6-2.1 1.7-2.1 3.3M8 10.7v1.5" fill="none" stroke="#fff" stroke-width="1.4"/></symbol>
<symbol id="s-partly" viewBox="0 0 16 16"><path d="M1.5 1.5h13v13h-13z" fill="#fff" stroke="#8A5F00" stroke-width="1.4"/><path d="M1.5 1.5H8v13H1.5z" fill="#D9982A" stroke="#8A5F00" stroke-width="1"/></symbol>
<symbol id="s-none-found" viewBox="0 0 16 16"><path d="M1.5 1.5h13v13h-13z" fill="#DCE7EE" stroke="#3C6291" stroke-width="1.4"/><circle cx="8" cy="8" r="2" fill="#3C6291"/></symbol>
<symbol id="s-organisational" viewBox="0 0 16 16"><path d="M2.5 1h7l4 4v10h-11z" fill="#F3F0E8" stroke="#6E664F" stroke-width="1.4"/><path d="M5 8h6M5 11h6" stroke="#6E664F" stroke-width="1.3"/></symbol>
<symbol id="s-not-checked" viewBox="0 0 16 16"><path d="M1.5 1.5h13v13h-13z" fill="#fff" stroke="#52606D" stroke-width="1.4" stroke-dasharray="2.6 1.7"/><path d="M3.5 12.5l9-9" stroke="#52606D" stroke-width="1.4"/></symbol>
<symbol id="s-ja" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.6" fill="#2F7D5B"/><path d="M4.4 8.2 7 10.8l4.8-5.2" fill="none" stroke="#fff" stroke-width="1.8"/></symbol>
<symbol id="s-teilweise" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.9" fill="#fff" stroke="#8A5F00" stroke-width="1.4"/><path d="M8 1.1a6.9 6.9 0 0 0 0 13.8z" fill="#D9982A" stroke="#8A5F00" stroke-width="1"/></symbol>
<symbol id="s-nein" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7.6" fill="#8E1F1F"/><path d="M5 5l6 6M11 5l-6 6" stroke="#fff" stroke-width="1.8"/></symbol>
<symbol id="s-entbehrlich" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.9" fill="#DDE3E8" stroke="#52606D" stroke-width="1.4"/><path d="M4.6 8h6.8" stroke="#52606D" stroke-width="1.5"/></symbol>
<symbol id="s-unbearbeitet" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.8" fill="#fff" stroke="#52606D" stroke-width="1.4" stroke-dasharray="2.4 1.9"/></symbol>
<symbol id="s-outdated" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.9" fill="#fff" stroke="#8A5F00" stroke-width="1.4"/><path d="M8 3.6V8l3.2 2.5" fill="none" stroke="#8A5F00" stroke-width="1.5"/></symbol>
<symbol id="s-critical" viewBox="0 0 16 16"><path d="M1 15v-4h3.5V8H8V5h3.5V2H15v13z" fill="#8E1F1F"/></symbol>
<symbol id="s-high" viewBox="0 0 16 16"><path d="M1 15v-4h3.5V8H8V5h3.5v10z" fill="#B4561C"/><path d="M12 2.5h2.6v12H12z" fill="#fff" stroke="#9AA7B3" stroke-width=".8"/></symbol>
<symbol id="s-medium" viewBox="0 0 16 16"><path d="M1 15v-4h3.5V8H8v7z" fill="#8A6A12"/><path d="M8.5 5.5h2.6v9H8.5zM12 2.5h2.6v12H12z" fill="#fff" stroke="#9AA7B3" stroke-width=".8"/></symbol>
<symbol id="s-low" viewBox="0 0 16 16"><path d="M1 15v-4h3.5v4z" fill="#52606D"/><path d="M5 8.5h2.6v6H5zM8.5 5.5h2.6v9H8.5zM12 2.5h2.6v12H12z" fill="#fff" stroke="#9AA7B3" stroke-width=".8"/></symbol>
<symbol id="s-info" viewBox="0 0 16 16"><path d="M1.4 11.5H4v3H1.4zM5 8.5h2.6v6H5zM8.5 5.5h2.6v9H8.5zM12 2.5h2.6v12H12z" fill="#fff" stroke="#9AA7B3" stroke-width=".8"/></symbol>
<pattern id="p-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0h5v5H0z" fill="#EBB95A"/><path d="M0 0v5" stroke="#9A6A00" stroke-width="3"/></pattern>
<pattern id="p-outdated" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)"><path d="M0 0h6v6H0z" fill="#fff"/><path d="M0 0v6" stroke="#9A6A00" stroke-width="2"/></pattern>
<pattern id="p-dots" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 0h5v5H0z" fill="#DDE3E8"/><circle cx="2.5" cy="2.5" r=".9" fill="#6B7A88"/></pattern>
<pattern id="p-lines" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 0h5v5H0z" fill="#E9E5DA"/><path d="M0 2.5h5" stroke="#A59C86" stroke-width="1.2"/></pattern>
<pattern id="p-cross" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0h6v6H0z" fill="#fff"/><path d="M0 3h6M3 0v6" stroke="#7B8894" stroke-width=".9"/></pattern>
</defs></svg>
)svg";

} // namespace tally
