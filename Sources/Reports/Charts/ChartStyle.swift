/// How charts look: colours for light and dark, which a page and a file of its own share.
package enum ChartStyle {
  /// Number of colours for series; what there is more of is drawn in grey.
  package static let seriesColours = 8

  /// Rules for charts in a page: `class="chart"` and below.
  package static let rules = """
    svg.chart{--c-ink:#52514e;--c-muted:#6f6e69;--c-grid:#e8e7e1;--c-base:#c3c2b7;--c-face:#fff;\
    --c0:#2a78d6;--c1:#eb6834;--c2:#008300;--c3:#4a3aa7;--c4:#1baf7a;--c5:#e87ba4;--c6:#b57e00;--c7:#e34948;\
    --c-bad:#e34948;font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;\
    font-variant-numeric:tabular-nums}
    @media (prefers-color-scheme:dark){svg.chart{--c-ink:#c3c2b7;--c-muted:#a09e96;--c-grid:#2c2c2a;\
    --c-base:#4a4945;--c-face:#1a1a19;--c0:#6aa8f0;--c1:#f08552;--c2:#4db84d;--c3:#a79bf0;--c4:#3cc795;\
    --c5:#e88cb0;--c6:#d9a02e;--c7:#f07f7f;--c-bad:#f07f7f}}
    @media print{svg.chart{--c-ink:#333;--c-muted:#555;--c-grid:#e4e4e4;--c-base:#999;--c-face:#fff;--c0:#1f62b5;\
    --c1:#c9501c;--c2:#006b00;--c3:#4a3aa7;--c4:#128a5f;--c5:#c2507f;--c6:#946600;--c7:#c23130;--c-bad:#c23130}}
    svg.chart text{fill:var(--c-ink)} svg.chart .tick{fill:var(--c-muted)}
    svg.chart .title{font-weight:600}
    svg.chart .grid{stroke:var(--c-grid);fill:none} svg.chart .base{stroke:var(--c-base);fill:none}
    svg.chart .mark{stroke:var(--c-base);stroke-dasharray:1 3;fill:none}
    svg.chart .level{stroke:var(--c-ink);stroke-dasharray:6 4;fill:none}
    svg.chart .label{paint-order:stroke;stroke:var(--c-face);stroke-width:3px;stroke-linejoin:round}
    svg.chart .line{fill:none;stroke-linejoin:round;stroke-linecap:round}
    svg.chart .main{stroke-width:2.25} svg.chart .minor{stroke-width:1;opacity:.55}
    svg.chart .grey{stroke:var(--c-muted)}
    \((0..<seriesColours).map(colourRules).joined(separator: "\n"))
    svg.chart .bad{fill:var(--c-bad)} svg.chart .band{stroke:none;opacity:.18} svg.chart .band.inner{opacity:.3}
    svg.chart .dot{stroke:var(--c-face);stroke-width:1.5} svg.chart .edge{stroke:var(--c-base);fill:none}
    svg.chart .edge.path{stroke:var(--c0);stroke-width:2.25}

    """

  private static func colourRules(_ place: Int) -> String {
    "svg.chart .s\(place){stroke:var(--c\(place))} svg.chart .f\(place){fill:var(--c\(place))}"
  }

  /// A drawing as a file of its own, with its style inside.
  package static func file(_ svg: HTML) -> String {
    guard let end = svg.text.firstIndex(of: ">") else { return svg.text }
    let head = svg.text[...end].replacing("<svg ", with: "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
    let rest = svg.text[svg.text.index(after: end)...]
    return
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\(head)<style>\n\(rules)svg.chart{background:var(--c-face)}</style>"
      + rest + "\n"
  }
}
