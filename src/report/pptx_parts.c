/* What is the same in every deck: theme, master, two layouts. "@T" and the like stand for words in
 * the language of the document. */
#include "base/buf.h"
#include "base/date.h"
#include "base/lang.h"
#include "report/package.h"
#include "report/pptx.h"

#include <stddef.h>
#include <string.h>

static const struct {
    char mark;
    const char *word;
} words[] = {{'T', N_("Title")},
             {'U', N_("Subtitle")},
             {'C', N_("Chart")},
             {'S', N_("Source")},
             {'N', N_("Slide number")},
             {'1', N_("Cover")},
             {'2', N_("Finding and chart")}};

/* ---- theme ---- */

#define COLOUR(name, value) "<a:" name "><a:srgbClr val=\"" value "\"/></a:" name ">"
#define FONT(name)                                                                                 \
    "<a:" name "><a:latin typeface=\"Arial\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:" name \
    ">"
#define FILL "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>"
#define LINE "<a:ln w=\"9525\">" FILL "</a:ln>"
#define EFFECT "<a:effectStyle><a:effectLst/></a:effectStyle>"

/* clang-format off */
static const char theme[] =
    PPTX_XML
    "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"keogiam\">"
    "<a:themeElements><a:clrScheme name=\"keogiam\">"
    COLOUR("dk1", "1F2933") COLOUR("lt1", "FFFFFF") COLOUR("dk2", "12436D") COLOUR("lt2", "EEF3F8")
    COLOUR("accent1", "12436D") COLOUR("accent2", "D4500B") COLOUR("accent3", "801650")
    COLOUR("accent4", "3B76AE") COLOUR("accent5", "84AFD3") COLOUR("accent6", "9AA7B2")
    COLOUR("hlink", "12436D") COLOUR("folHlink", "5B6770")
    "</a:clrScheme><a:fontScheme name=\"keogiam\">" FONT("majorFont") FONT("minorFont")
    "</a:fontScheme><a:fmtScheme name=\"keogiam\">"
    "<a:fillStyleLst>" FILL FILL FILL "</a:fillStyleLst>"
    "<a:lnStyleLst>" LINE LINE LINE "</a:lnStyleLst>"
    "<a:effectStyleLst>" EFFECT EFFECT EFFECT "</a:effectStyleLst>"
    "<a:bgFillStyleLst>" FILL FILL FILL "</a:bgFillStyleLst>"
    "</a:fmtScheme></a:themeElements></a:theme>";

/* ---- shapes of the master and the layouts ---- */

/* Size in hundredths of a point; places in EMU (36000 a millimetre), as pptx.h has them. */
#define SCHEME(name) "<a:schemeClr val=\"" name "\"/>"
#define STYLE(align, size, bold, colour, font)                                                     \
    "<a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"" align "\"><a:buNone/><a:defRPr lang=\"@L\" sz=\"" \
    size "\" b=\"" bold "\"><a:solidFill>" colour "</a:solidFill>"                                 \
    "<a:latin typeface=\"+" font "-lt\"/></a:defRPr></a:lvl1pPr>"
#define MUTED(align, size)                                                                         \
    STYLE(align, size, "0", "<a:srgbClr val=\"" PPTX_MUTED "\"/>", "mn")
#define AT(x, y, w, h)                                                                             \
    "<a:xfrm><a:off x=\"" x "\" y=\"" y "\"/><a:ext cx=\"" w "\" cy=\"" h "\"/></a:xfrm>"
#define SHAPE(id, name, kind, place, anchor, style, content)                                       \
    "<p:sp><p:nvSpPr><p:cNvPr id=\"" id "\" name=\"" name "\"/>"                                   \
    "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph " kind "/></p:nvPr></p:nvSpPr>"  \
    "<p:spPr>" place "</p:spPr><p:txBody>"                                                         \
    "<a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"" anchor "\"><a:noAutofit/>"   \
    "</a:bodyPr><a:lstStyle>" style "</a:lstStyle><a:p>" content "</a:p></p:txBody></p:sp>"
#define SAYS(text) "<a:r><a:rPr lang=\"@L\"/><a:t>" text "</a:t></a:r>"
#define NUMBER                                                                                     \
    "<a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\"><a:rPr lang=\"@L\"/>"  \
    "<a:t>‹#›</a:t></a:fld>"

/* A short thick line between the cover's title and what stands below. */
#define RULE(id, place)                                                                            \
    "<p:sp><p:nvSpPr><p:cNvPr id=\"" id "\" name=\"\"><a:extLst><a:ext "                           \
    "uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\"><adec:decorative "                             \
    "xmlns:adec=\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/>"       \
    "</a:ext></a:extLst></p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr>" place  \
    "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:solidFill>" SCHEME("accent1")             \
    "</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>"

#define AT_RULE AT("1080000", "3744000", "1440000", "36000")
#define AT_TITLE AT("504000", "288000", "11160000", "864000")
#define AT_BODY AT("504000", "1224000", "11160000", "4968000")
#define AT_FOOT AT("504000", "6336000", "10080000", "324000")
#define AT_NUMBER AT("10800000", "6336000", "864000", "324000")
#define AT_COVER_TITLE AT("1080000", "1620000", "10008000", "1980000")
#define AT_COVER_TEXT AT("1080000", "3924000", "10008000", "1800000")

#define TITLE_STYLE STYLE("l", "2600", "1", SCHEME("tx1"), "mj")
#define BODY_STYLE STYLE("l", "2000", "0", SCHEME("tx1"), "mn")

static const char master[] =
    PPTX_XML "<p:sldMaster" PPTX_SPACES "><p:cSld><p:bg><p:bgPr><a:solidFill>"
    "<a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>" PPTX_TREE
    SHAPE("2", "@T", "type=\"title\"", AT_TITLE, "ctr", "", SAYS("@T"))
    SHAPE("3", "@C", "type=\"body\" idx=\"1\"", AT_BODY, "t", "", SAYS("@C"))
    SHAPE("4", "@S", "type=\"ftr\" sz=\"quarter\" idx=\"10\"", AT_FOOT, "ctr", MUTED("l", "1200"),
          SAYS("@S"))
    SHAPE("5", "@N", "type=\"sldNum\" sz=\"quarter\" idx=\"11\"", AT_NUMBER, "ctr",
          MUTED("r", "1200"), NUMBER)
    "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" "
    "accent1=\"accent1\" accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" "
    "accent5=\"accent5\" accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"
    "<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>"
    "<p:sldLayoutId id=\"2147483650\" r:id=\"rId2\"/></p:sldLayoutIdLst>"
    "<p:txStyles><p:titleStyle>" TITLE_STYLE "</p:titleStyle><p:bodyStyle>" BODY_STYLE
    "</p:bodyStyle><p:otherStyle>" BODY_STYLE "</p:otherStyle></p:txStyles></p:sldMaster>";

static const char cover_layout[] =
    PPTX_XML "<p:sldLayout" PPTX_SPACES " type=\"title\" preserve=\"1\"><p:cSld name=\"@1\">"
    "<p:spTree>" PPTX_TREE
    SHAPE("2", "@T", "type=\"ctrTitle\"", AT_COVER_TITLE, "b",
          STYLE("l", "3400", "1", SCHEME("tx2"), "mj"), SAYS("@T"))
    SHAPE("3", "@U", "type=\"subTitle\" idx=\"1\"", AT_COVER_TEXT, "t", MUTED("l", "2000"),
          SAYS("@U"))
    RULE("4", AT_RULE)
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";

static const char chart_layout[] =
    PPTX_XML "<p:sldLayout" PPTX_SPACES " preserve=\"1\"><p:cSld name=\"@2\"><p:spTree>" PPTX_TREE
    SHAPE("2", "@T", "type=\"title\"", AT_TITLE, "ctr", "", SAYS("@T"))
    SHAPE("3", "@C", "type=\"pic\" idx=\"1\"", AT_BODY, "t", MUTED("l", "1800"), SAYS("@C"))
    SHAPE("4", "@S", "type=\"body\" sz=\"quarter\" idx=\"10\"", AT_FOOT, "ctr", MUTED("l", "1200"),
          SAYS("@S"))
    SHAPE("5", "@N", "type=\"sldNum\" sz=\"quarter\" idx=\"11\"", AT_NUMBER, "ctr", "",
          NUMBER)
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>";
/* clang-format on */

#define RELATION(id, kind, target)                                                                 \
    "<Relationship Id=\"" id "\" Type=\"" PPTX_OFFICE "/" kind "\" Target=\"" target "\"/>"

static const char master_relations[] =
    PPTX_RELS_OPEN RELATION("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")
        RELATION("rId2", "slideLayout", "../slideLayouts/slideLayout2.xml")
            RELATION("rId3", "theme", "../theme/theme1.xml") "</Relationships>";

static const char layout_relations[] = PPTX_RELS_OPEN RELATION(
    "rId1", "slideMaster", "../slideMasters/slideMaster1.xml") "</Relationships>";

static const char *word_of(char mark, enum lang lang)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].mark == mark)
            return tr(lang, words[i].word);
    return pptx_language(lang); /* @L */
}

static void add_part(struct package *p, const char *name, const char *text, enum lang lang)
{
    struct buf b = {0};
    for (const char *mark; (mark = strchr(text, '@')); text = mark + 2) {
        buf_add(&b, text, (size_t)(mark - text));
        buf_adds(&b, word_of(mark[1], lang));
    }
    buf_adds(&b, text);
    package_add_made(p, name, &b);
    buf_free(&b);
}

void pptx_add_fixed(struct package *p, enum lang lang)
{
    add_part(p, "ppt/theme/theme1.xml", theme, lang);
    add_part(p, "ppt/slideMasters/slideMaster1.xml", master, lang);
    add_part(p, "ppt/slideMasters/_rels/slideMaster1.xml.rels", master_relations, lang);
    add_part(p, "ppt/slideLayouts/slideLayout1.xml", cover_layout, lang);
    add_part(p, "ppt/slideLayouts/slideLayout2.xml", chart_layout, lang);
    add_part(p, "ppt/slideLayouts/_rels/slideLayout1.xml.rels", layout_relations, lang);
    add_part(p, "ppt/slideLayouts/_rels/slideLayout2.xml.rels", layout_relations, lang);
}
