"""The style of a report's page: one column, system fonts, printable."""

STYLE = """
:root{--ink:#1f2933;--faint:#5f6b7a;--line:#dfe4ea;--blue:#0072b2;--paper:#fff}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:#f4f6f8;font:15px/1.5 system-ui,-apple-system,'Segoe UI','DejaVu Sans',
 Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:1040px;margin:0 auto;padding:0 28px}
header{padding-top:34px}
.over{color:var(--faint);margin:0;text-transform:uppercase;letter-spacing:.06em;font-size:12px}
h1{font-size:30px;line-height:1.2;margin:4px 0 14px}
h2{font-size:21px;margin:0 0 12px}
h3{font-size:15.5px;margin:20px 0 6px}
nav{display:flex;flex-wrap:wrap;gap:6px 18px;padding-bottom:18px}
nav a,td a{color:var(--blue);text-decoration:none}
nav a:hover,td a:hover{text-decoration:underline}
section{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:22px 26px;margin:0 0 18px;
 overflow-x:auto}
article{border-top:1px solid var(--line);padding:10px 0 12px}
article:first-of-type{border-top:0}
article h3{display:flex;gap:8px;align-items:center;margin:4px 0 0}
article h3 svg{flex:none}
article p{margin:0 0 8px 28px}
.faint{color:var(--faint)}
.tiles{display:flex;flex-wrap:wrap;gap:14px 40px}
.tile b{display:block;font-size:30px;line-height:1.1;font-variant-numeric:tabular-nums}
.tile span{color:var(--faint)}
table.plain{border-collapse:collapse;width:100%}
.plain td,.plain th{text-align:left;vertical-align:top;padding:5px 14px 5px 0;border-bottom:1px solid var(--line)}
.plain th{color:var(--faint);font-weight:600;font-size:13px}
.plain td,.plain th{overflow-wrap:break-word}
.plain .num{text-align:right;font-variant-numeric:tabular-nums}
.plain .day,.plain .value{white-space:nowrap;font-variant-numeric:tabular-nums}
.plain .value{font-weight:600}
.plain .bar{width:32%}
.bar i{display:block;height:11px;margin-top:6px;background:#9fc9e3;border-radius:2px}
q{display:block;color:#39465a;quotes:'\\201c' '\\201d'}
td q{font-size:14px}
ul.quoted{margin:6px 0 0;padding:0;list-style:none}
ul.quoted li{padding:5px 0 5px 14px;border-left:3px solid var(--line);margin:0 0 6px}
details{margin-top:8px}
article details{margin-left:28px}
summary{cursor:pointer;color:var(--blue)}
footer{color:var(--faint);font-size:13px;padding-bottom:40px}
.drawn{overflow-x:auto}
@media screen and (max-width:640px){header,main,footer{padding-left:14px;padding-right:14px}section{padding:18px 16px}
 .drawn svg{min-width:42rem}.plain td,.plain th{padding-right:8px}.plain .bar{display:none}}
@media print{body{background:#fff}section{border:0;padding:0;break-inside:auto}article{break-inside:avoid}
 nav{display:none}}
"""
