extension HTMLPage {
  /// The rules of every page: type, colours for light and dark, tables, figures, program text and print.
  package static let style = """
    :root{--page:#f9f9f7;--surface:#fff;--ink:#0b0b0b;--ink2:#52514e;--muted:#6f6e69;--line:#e1e0d9;--soft:#f1f0ea;\
    --accent:#2a78d6;--good:#0b6b0b;--bad:#b3261e;--warn:#8a5a00;--add:#e3f4e3;--remove:#fbe6e4;\
    --k:#8430a8;--s:#0f6b3c;--n:#9a4a00;--c:#6f6e69;--d:#1c5cab;--b:#1c5cab}
    @media (prefers-color-scheme:dark){:root{--page:#121211;--surface:#1a1a19;--ink:#f4f3ef;--ink2:#c3c2b7;\
    --muted:#a09e96;--line:#33332f;--soft:#24231f;--accent:#6aa8f0;--good:#6cc96c;--bad:#f2857d;--warn:#e3b04b;\
    --add:#16331a;--remove:#3d1f1d;--k:#cf9bf0;--s:#86d6a4;--n:#f0b074;--c:#a09e96;--d:#8fc0f7;--b:#8fc0f7}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%;scroll-behavior:smooth}
    body{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:64rem;background:var(--page);color:var(--ink);\
    font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
    h1{font-size:1.6rem;line-height:1.2;margin:0}
    h2{font-size:1.15rem;margin:0 0 .75rem}
    h3{font-size:1rem;margin:1.25rem 0 .4rem}
    p{margin:.4rem 0 .8rem;max-width:46rem}
    a{color:var(--accent)}
    header.page{margin-bottom:.75rem}
    .subtitle{color:var(--ink2);margin:.25rem 0 0}
    nav.contents{display:flex;flex-wrap:wrap;gap:.15rem 1rem;font-size:.87rem;margin:0 0 1.25rem;\
    padding:.5rem 0;border-bottom:1px solid var(--line)}
    nav.contents a{text-decoration:none}
    nav.contents a:hover{text-decoration:underline}
    section{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:1rem 1.25rem;\
    margin:0 0 1.25rem}
    footer.page{color:var(--muted);font-size:.85rem}
    .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.75rem;margin:0 0 1.25rem}
    .card{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem}
    .card b{display:block;font-size:1.35rem;line-height:1.25;font-weight:600;overflow-wrap:anywhere}
    .card span{color:var(--ink2);font-size:.83rem}
    .muted{color:var(--muted)} .good{color:var(--good)} .bad{color:var(--bad)} .warn{color:var(--warn)}
    .scroll{overflow-x:auto;max-width:100%}
    table{border-collapse:collapse;font-size:.87rem;font-variant-numeric:tabular-nums;margin:.25rem 0 .75rem}
    th{text-align:left;color:var(--ink2);font-weight:600;border-bottom:1px solid var(--line);\
    padding:.25rem .9rem .25rem 0;white-space:nowrap;vertical-align:bottom}
    td{padding:.25rem .9rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
    tr:last-child td,.pairs tr:last-child th{border-bottom:0}
    .num{text-align:right;white-space:nowrap}
    td.nowrap{white-space:nowrap} th.num{white-space:normal;min-width:3.2rem}
    .bar{display:inline-block;height:.6rem;background:var(--accent);border-radius:0 3px 3px 0;vertical-align:middle;\
    min-width:1px}
    code,pre{font:13px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    code{overflow-wrap:anywhere}
    pre{background:var(--soft);border-radius:6px;padding:.6rem .8rem;margin:.25rem 0 .75rem;overflow-x:auto;\
    tab-size:4;max-width:100%}
    pre.words{white-space:pre-wrap;overflow-wrap:anywhere;max-height:40rem;overflow-y:auto}
    pre.command::before{content:"$ ";color:var(--muted)}
    pre .k{color:var(--k)} pre .s{color:var(--s)} pre .n{color:var(--n)} pre .c{color:var(--c);font-style:italic}
    pre .d{color:var(--d);font-weight:600} pre .b{color:var(--b)}
    pre.diff .add{background:var(--add);display:block} pre.diff .del{background:var(--remove);display:block}
    pre.diff .same{display:block} pre.diff .at{color:var(--muted);display:block}
    details{margin:.25rem 0 .6rem} summary{cursor:pointer} summary:hover{color:var(--accent)}
    figure{margin:.5rem 0 1rem} figcaption{color:var(--ink2);font-size:.85rem;max-width:46rem}
    svg{max-width:100%;height:auto}
    .artifacts{display:flex;flex-wrap:wrap;gap:1rem} .artifacts figure{max-width:100%;flex:0 1 22rem}
    .choice{border:0;padding:0;margin:0} .choice input{position:absolute;opacity:0}
    .choice label{display:inline-block;padding:.1rem .6rem;border:1px solid var(--line);font-size:.83rem;\
    cursor:pointer;color:var(--ink2)}
    .choice label:first-of-type{border-radius:6px 0 0 6px} .choice label:last-of-type{border-radius:0 6px 6px 0;\
    border-left:0}
    .choice input:focus-visible+label{outline:2px solid var(--accent)}
    .choice input:checked+label{background:var(--soft);color:var(--ink);font-weight:600}
    .choice .second{display:none}
    .choice input.other:checked~.first{display:none} .choice input.other:checked~.second{display:block}
    @media (max-width:40rem){body{padding:1rem .6rem} section{padding:.75rem .8rem}}
    @media screen and (max-width:40rem){figure{overflow-x:auto} figure svg.chart{min-width:34rem} \
    .artifacts svg.chart{min-width:0}}
    @media print{:root{--page:#fff;--surface:#fff;--ink:#000;--ink2:#333;--muted:#555;--line:#ccc;--soft:#f4f4f4;\
    --accent:#1c5cab;--add:#e3f4e3;--remove:#fbe6e4;--k:#5c1a7a;--s:#0f5a33;--n:#7a3a00;--c:#555;--d:#1c4a8a;--b:#1c4a8a}
    body{max-width:none;font-size:11pt;padding:0} nav.contents,.choice label{display:none}
    section{border:0;padding:0;break-inside:auto} h2,h3{break-after:avoid} figure,tr{break-inside:avoid}
    pre{white-space:pre-wrap} pre.words{max-height:none}}

    """
}
