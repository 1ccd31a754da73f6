import Reports

/// The files that pages refer to; there are no others, and none from elsewhere.
enum SiteAssets {
  /// The style of reports, and what the dashboard has beyond it.
  static let style =
    HTMLPage.style + ChartStyle.rules + """
      body{max-width:76rem}
      nav.trail{display:flex;flex-wrap:wrap;gap:.4rem;font-size:.87rem;margin:0 0 .75rem;align-items:baseline}
      nav.trail a{text-decoration:none} nav.trail a:hover{text-decoration:underline}
      nav.trail .json{margin-left:auto}
      .state{font-weight:600} .state.good::before{content:"● "} .state.bad::before{content:"▲ "}
      form.filters{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end;margin:0 0 1rem}
      form.filters label{display:grid;gap:.15rem;font-size:.8rem;color:var(--ink2)}
      input[type=search],input[type=number],select,button{font:inherit;font-size:.87rem;color:var(--ink);\
      background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.3rem .5rem;height:2.1rem}
      input[type=number]{width:6rem} input[type=search]{width:16rem;max-width:100%}
      button{cursor:pointer;background:var(--soft)} button:hover{border-color:var(--accent)}
      :focus-visible{outline:2px solid var(--accent);outline-offset:1px}
      .pages{display:flex;gap:1rem;align-items:baseline;font-size:.87rem;margin:.25rem 0 0}
      table.wide{width:100%} td .operators{color:var(--ink2);display:inline-block;min-width:11rem}
      tr:hover td{background:var(--soft)} table.pairs tr:hover td{background:none}
      .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(27rem,1fr));gap:0 1.25rem}
      .columns section{min-width:0} @media (max-width:64rem){.columns{grid-template-columns:minmax(0,1fr)}}
      td .good,td .warn,.nowrap{white-space:nowrap}
      .card b .state{font-size:inherit} .card .state.good{color:var(--good)} .card .state.muted{color:var(--ink)}
      .links{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1rem}
      #connection{font-size:.83rem} ol.line{padding-left:1.25rem;font-size:.87rem} ol.line li{margin:.15rem 0}
      .up{color:var(--good)} .down{color:var(--bad)}

      """

  /// Asks for the changing part of a run's page again whenever the run changed.
  ///
  /// The server escapes what it sends, and what is parsed this way runs no script.
  static let script = """
    "use strict";
    (() => {
      const live = document.getElementById("live");
      const connection = document.getElementById("connection");
      if (!live) return;
      let busy = false;
      let again = false;
      const refresh = async () => {
        if (busy) { again = true; return; }
        busy = true;
        try {
          const answer = await fetch(live.dataset.fragment, { cache: "no-store" });
          if (answer.ok) {
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            const kept = [...live.querySelectorAll("input:checked, details[open]")].map((item) => item.id);
            live.replaceChildren(...page.body.childNodes);
            for (const item of kept.map((id) => id && document.getElementById(id))) {
              if (item && item.tagName === "DETAILS") item.open = true;
              else if (item) item.checked = true;
            }
          }
        } catch {
          connection.textContent = "no connection";
        }
        busy = false;
        if (again) { again = false; refresh(); }
      };
      const source = new EventSource(live.dataset.events);
      source.addEventListener("run", refresh);
      source.addEventListener("open", () => { connection.textContent = "live"; });
      source.addEventListener("error", () => { connection.textContent = "no connection; trying again"; });
    })();

    """

  static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#2a78d6"/>\
    <path d="M3 12h3V8h4V4h3" fill="none" stroke="#fff" stroke-width="2"/></svg>

    """
}
