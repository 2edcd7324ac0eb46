/* The looks of the page: report/LAYOUT.md 2 and 5 on paper; on a screen the same in its width. */
#include "report/html.h"

/* Emphasis lives on bold, italics, frames and lines, which a photocopy keeps; the one grey is the
 * ground of heads, which are bold too. */
static const char shared[] =
    "*{box-sizing:border-box}\n"
    "body{margin:0;color:#000;background:#fff}\n"
    "main{min-width:0}\n"
    "p{margin:0 0 .43em}\n"
    "ul{margin:0 0 .43em;padding:0;list-style:'- '}\n"
    ".strong,.strong th{font-weight:bold}\n"
    ".upper{text-transform:uppercase}\n"
    ".wide{overflow-x:auto}\n"
    "table{width:100%;border-collapse:collapse;line-height:1.15}\n"
    "caption{font-weight:bold;text-align:center;padding:.4em 0 .3em;break-after:avoid}\n"
    "th,td{border:.5pt solid #000;padding:.15em .3em;vertical-align:middle;"
    "overflow-wrap:break-word}\n"
    "thead th{background:#e6eaed;text-align:center;-webkit-print-color-adjust:exact;"
    "print-color-adjust:exact}\n"
    "tbody th{font-weight:normal}\n"
    "tr.strong td,tr.strong th{font-weight:bold}\n"
    ".l{text-align:left}.c{text-align:center}.r{text-align:right}\n"
    "figure{margin:.6em 0 .2em}\n"
    "figure img{display:block;max-width:100%;height:auto;margin:0 auto}\n"
    "figcaption{font-weight:bold;text-align:center;padding:.3em 0}\n"
    ".note{border:1pt solid #000;font-style:italic;text-align:center;padding:.3em .6em}\n"
    ".prompt{border:1pt dashed #000;font-style:italic;color:#4a5560;padding:.2em .6em}\n"
    "nav{font:.95rem/1.35 Arial,'Liberation Sans',sans-serif;display:none}\n"
    "nav p{font-weight:bold}\n"
    "nav ul{list-style:none}\n"
    "nav li{margin:.3em 0}\n"
    "nav .level2{margin-left:1.2em}\n"
    "nav a{color:#12436d}\n";

/* Beside the page from here on: 160 mm of text, its margins, and the list. */
static const char wide[] = "@media screen and (min-width:70rem){\n"
                           "body{display:grid;grid-template-columns:18rem minmax(0,1fr)}\n"
                           "nav{display:block;position:sticky;top:0;height:100vh;overflow-y:auto;"
                           "padding:1.5rem 1rem;border-right:1px solid #9aa7b2}\n}\n";

/* A chart's and a table's letters stay as large as the text is: they are pushed aside. Open, as the
 * next: what the form adds stands inside. */
static const char narrow[] = "@media screen and (max-width:40rem){\n"
                             "figure img{max-width:none;width:36rem}\n"
                             "table.many{min-width:34rem}\n";

static const char print[] = "@media print{\n"
                            ".wide{overflow:visible}\n"
                            "nav{display:none}\n"
                            "h1,h2,h3,h4{break-after:avoid}\n"
                            "tr,figure,.note,li{break-inside:avoid}\n"
                            "thead{display:table-header-group}\n"
                            "p{orphans:2;widows:2}\n";

/* ---- pages ---- */

static const char pages_paper[] =
    "@page{size:A4;margin:20mm 20mm 20mm 30mm;@top-center{content:counter(page);"
    "font:13pt 'Times New Roman','Liberation Serif',serif}}\n"
    "@page:first{@top-center{content:none}}\n"
    "@page wide{size:A4 landscape;margin:20mm}\n";

static const char pages_screen[] =
    "body{font:1.15rem/1.45 'Times New Roman','Liberation Serif',Tinos,serif}\n"
    "main{width:100%;max-width:calc(160mm + 5rem);margin:0 auto;padding:1.5rem 2.5rem}\n"
    "main>p,.appendix>p{text-align:justify;text-indent:12.7mm}\n"
    "main>ul,.appendix>ul{text-align:justify;padding-left:calc(12.7mm + .6em)}\n"
    "h1,h2,h3,h4{font-size:1em;margin:.9em 0 .43em}\n"
    "h2,h3,h4{text-indent:12.7mm}\n"
    "h4{font-weight:normal}\n"
    "h1{text-align:center;margin:1.2em 0 1em}\n"
    ".subject{display:block;max-width:36em;margin:0 auto;text-wrap:balance}\n"
    ".subject::after,.ruled::after{content:'';display:block;border-top:.75pt solid #000;"
    "margin:.15em auto 0}\n"
    ".subject::after{width:50mm;max-width:45%}\n"
    ".letterhead{display:grid;grid-template-columns:62fr 98fr;text-align:center}\n"
    ".letterhead>div{display:flex;flex-direction:column}\n"
    ".letterhead p{margin:0}\n"
    ".letterhead .capitals,.number{font-size:.93em}\n"
    ".capitals{line-height:1.25}\n"
    ".number,.date{margin-top:auto!important;padding-top:.6em}\n"
    ".date{font-style:italic}\n"
    ".ruled{align-self:center}\n"
    ".short::after{width:42%}\n"
    "p.note{text-indent:0;text-align:center;font-size:.86em}\n"
    "p.source{font-size:.79em;font-style:italic;text-indent:0}\n"
    "p.prompt{text-indent:0}\n"
    "table,caption,figcaption{font-size:12pt}\n"
    ".closing{display:grid;grid-template-columns:1fr 1fr;margin-top:1.2em}\n"
    ".closing p{margin:0}\n"
    ".recipients{font-size:.79em;line-height:1.25}\n"
    ".recipients ul{padding-left:.7em}\n"
    ".recipients .to{font:italic bold 1.09em/1.25 'Times New Roman','Liberation Serif',serif}\n"
    ".signature{text-align:center}\n"
    ".room{height:4em}\n"
    ".appendix{border-top:1px solid #9aa7b2;margin-top:2.5rem;padding-top:1.5rem}\n"
    ".appendix>h2{text-align:center;text-indent:0}\n"
    "p.attached{text-align:center;text-indent:0;font-style:italic}\n";

static const char pages_narrow[] = "main{padding:1rem}\n"
                                   "main>p,.appendix>p,main>ul,.appendix>ul{text-align:left}\n"
                                   "main>p,.appendix>p,h2,h3,h4{text-indent:0}\n"
                                   "main>ul,.appendix>ul{padding-left:1em}\n"
                                   ".letterhead .capitals{font-size:.8em}\n"
                                   ".letterhead,.closing{grid-template-columns:1fr;row-gap:1em}\n"
                                   ".signature{grid-row:1}\n}\n";

static const char pages_print[] = "body{font-size:14pt;line-height:1.25}\n"
                                  "main{max-width:none;padding:0}\n"
                                  "figure img{width:160mm}\n"
                                  ".last{break-after:avoid}\n"
                                  ".closing{break-inside:avoid;break-before:avoid}\n"
                                  ".appendix{break-before:page;border:0;margin:0;padding:0}\n"
                                  ".landscape{page:wide}\n}\n";

/* ---- slides ---- */

static const char slides_paper[] = "@page{size:338.7mm 190.5mm;margin:8mm 14mm}\n";

static const char slides_screen[] =
    "body{font:1.1rem/1.4 Arial,'Liberation Sans',sans-serif;color:#1f2933}\n"
    "main{width:100%;max-width:72rem;margin:0 auto;padding:1rem;counter-reset:slide}\n"
    ".slide{counter-increment:slide;position:relative;display:flex;flex-direction:column;"
    "aspect-ratio:16/9;border:1px solid #9aa7b2;padding:2.4% 4.1% 3%;margin:0 0 1.5rem}\n"
    ".slide::after{content:counter(slide);position:absolute;right:4.1%;bottom:2%;"
    "font-size:.85rem}\n"
    "h2{font-size:1.65rem;line-height:1.2;margin:0 0 .6em;text-wrap:balance}\n"
    "h3,h4{font-size:1.15rem;margin:.4em 0 .2em}\n"
    ".cover{justify-content:center}\n"
    ".cover h1{font-size:2.1rem;line-height:1.25;text-wrap:balance;margin:0 0 .8em}\n"
    ".slide>figure{flex:1;display:flex;flex-direction:column;justify-content:center;margin:0}\n"
    "figure img{width:100%}\n"
    "figcaption{font-size:.9rem}\n"
    ".slide>ul{padding-left:1em}\n"
    "p.source{margin:auto 3em 0 0;padding-top:.5em;font-size:.85rem;color:#4a5560}\n";

static const char slides_narrow[] = "main{padding:.5rem}\n"
                                    ".slide{aspect-ratio:auto;padding:1rem 1rem 2rem}\n"
                                    "h2{font-size:1.3rem}\n"
                                    ".cover h1{font-size:1.5rem}\n}\n";

/* A slide that holds too much runs on to a second sheet. */
static const char slides_print[] =
    "body{font-size:14pt}\n"
    "main{max-width:none;padding:0}\n"
    ".slide{aspect-ratio:auto;min-height:174mm;border:0;padding:0;margin:0;break-after:page}\n"
    ".slide:last-child{break-after:auto}\n"
    "h2{font-size:26pt}\n"
    ".cover h1{font-size:32pt}\n"
    "figure img{width:auto;max-width:100%;height:122mm}\n"
    ".slide::after{right:0;bottom:0;font-size:12pt}\n"
    "p.source{font-size:12pt}\n}\n";

static const char *const parts[][8] = {[DOC_PAGES] = {pages_paper, shared, pages_screen, wide,
                                                      narrow, pages_narrow, print, pages_print},
                                       [DOC_SLIDES] = {slides_paper, shared, slides_screen, wide,
                                                       narrow, slides_narrow, print, slides_print}};

void html_style(struct html *h)
{
    for (size_t i = 0; i < 8; i++)
        buf_adds(h->b, parts[h->d->form][i]);
}
