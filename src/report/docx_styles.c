#include "report/docx.h"

/* A style of paragraphs: the names that Word knows are written as Word writes them, the others are
 * ours. properties and look are the children of w:pPr and w:rPr in the schema's order. */
struct style {
    const char *id, *name;
    bool ours;
    const char *based_on, *next, *properties, *look;
};

#define SIZE(half_points) "<w:sz w:val=\"" #half_points "\"/><w:szCs w:val=\"" #half_points "\"/>"
#define CENTRED "<w:jc w:val=\"center\"/>"
#define JUSTIFIED "<w:jc w:val=\"both\"/>"
#define BOLD "<w:b/><w:bCs/>"
#define ITALIC "<w:i/><w:iCs/>"
#define BOX(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"3\" w:color=\"000000\"/>"
#define NUMBERED(level, list)                                                                      \
    "<w:numPr><w:ilvl w:val=\"" #level "\"/><w:numId w:val=\"" #list "\"/></w:numPr>"
#define HEADING(level, space)                                                                      \
    "<w:keepNext/><w:keepLines/>" NUMBERED(level, 1) "<w:spacing " space "/>" JUSTIFIED            \
                                                     "<w:outlineLvl w:val=\"" #level "\"/>"
#define TEXT(space) "<w:spacing " space "/><w:ind w:firstLine=\"720\"/>" JUSTIFIED
#define APART "w:before=\"120\" w:after=\"60\""
#define CLOSE "w:before=\"60\" w:after=\"20\""

/* The running text: as the form has it, and as close as the decree lets it stand (13 pt, single
 * lines) where a document has a number of pages to keep. */
enum { RUNNING = 4 };
static const struct style running[2][RUNNING] = {
    {{"BodyText", "Body Text", false, "Normal", NULL,
      TEXT("w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\""), ""},
     {"Heading1", "heading 1", false, "Normal", "BodyText", HEADING(0, APART), BOLD},
     {"Heading2", "heading 2", false, "Normal", "BodyText", HEADING(1, APART), BOLD},
     {"Heading3", "heading 3", false, "Normal", "BodyText", HEADING(2, APART), ""}},
    {{"BodyText", "Body Text", false, "Normal", NULL, TEXT("w:after=\"40\""), SIZE(26)},
     {"Heading1", "heading 1", false, "Normal", "BodyText", HEADING(0, CLOSE), BOLD SIZE(26)},
     {"Heading2", "heading 2", false, "Normal", "BodyText", HEADING(1, CLOSE), BOLD SIZE(26)},
     {"Heading3", "heading 3", false, "Normal", "BodyText", HEADING(2, CLOSE), SIZE(26)}}};

static const struct style styles[] = {
    {"Title", "Title", false, "Normal", "Subtitle", "<w:spacing w:before=\"340\"/>" CENTRED, BOLD},
    {"Subtitle", "Subtitle", false, "Normal", "BodyText", CENTRED, BOLD},
    {"ListBullet", "List Bullet", false, "BodyText", NULL, NUMBERED(0, 2), ""},
    {"Caption", "caption", false, "Normal", "BodyText",
     "<w:keepLines/><w:spacing w:before=\"20\" w:after=\"60\"/>" CENTRED, BOLD SIZE(24)},
    {"Header", "header", false, "Normal", NULL, CENTRED, SIZE(26)},
    {"Signature", "Signature", false, "Normal", NULL, CENTRED, BOLD},
    {"TableCaption", "Table Caption", true, "Caption", "BodyText",
     "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"40\"/>", ""},
    {"Figure", "Figure", true, "Normal", "Caption",
     "<w:keepNext/><w:spacing w:before=\"60\"/>" CENTRED, ""},
    {"Source", "Source", true, "Normal", "BodyText",
     "<w:spacing w:before=\"20\" w:after=\"60\"/>" JUSTIFIED, ITALIC SIZE(22)},
    {"Note", "Note", true, "Normal", "BodyText",
     "<w:pBdr>" BOX("top") BOX("left") BOX("bottom")
         BOX("right") "</w:pBdr>"
                      "<w:spacing w:before=\"120\" w:after=\"180\"/><w:ind w:left=\"80\" "
                      "w:right=\"80\"/>" CENTRED,
     ITALIC SIZE(24)},
    {"Superior", "Superior Body", true, "Normal", NULL, CENTRED, SIZE(26)},
    {"Body", "Issuing Body", true, "Normal", NULL, CENTRED, BOLD SIZE(26)},
    {"Motto", "Motto", true, "Normal", NULL, CENTRED, BOLD},
    {"Number", "Document Number", true, "Normal", NULL, "<w:spacing w:before=\"90\"/>" CENTRED,
     SIZE(26)},
    {"Place", "Place and Date", true, "Normal", NULL, "<w:spacing w:before=\"90\"/>" CENTRED,
     ITALIC},
    {"Rule", "Rule", true, "Normal", NULL,
     "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/></w:pBdr>"
     "<w:spacing w:before=\"50\" w:line=\"40\" w:lineRule=\"exact\"/>",
     SIZE(4)},
    {"CellLeft", "Cell Left", true, "Normal", NULL, "<w:spacing w:before=\"0\" w:after=\"0\"/>",
     SIZE(24)},
    {"CellCentre", "Cell Centre", true, "CellLeft", NULL, CENTRED, ""},
    {"CellRight", "Cell Right", true, "CellLeft", NULL, "<w:jc w:val=\"right\"/>", ""},
    {"CellHead", "Cell Head", true, "CellCentre", NULL, "<w:keepNext/>", BOLD},
    {"RecipientsHead", "Recipients Head", true, "Normal", NULL, "", BOLD ITALIC SIZE(24)},
    {"Recipients", "Recipients", true, "Normal", NULL, "", SIZE(22)},
    {"Appendix", "Appendix", true, "Normal", "Attached",
     "<w:keepNext/>" CENTRED "<w:outlineLvl w:val=\"0\"/>", BOLD},
    {"Attached", "Attached To", true, "Normal", "BodyText",
     "<w:keepNext/><w:spacing w:after=\"120\"/>" CENTRED, ITALIC},
    {"AfterTable", "After Table", true, "Normal", NULL,
     "<w:spacing w:line=\"120\" w:lineRule=\"exact\"/>", SIZE(4)},
    {"LastLine", "Last Line", true, "Normal", NULL,
     "<w:spacing w:line=\"20\" w:lineRule=\"exact\"/>", SIZE(2)}};

static void style(struct buf *b, const struct style *s)
{
    buf_addf(b,
             "<w:style w:type=\"paragraph\"%s w:styleId=\"%s\"><w:name w:val=\"%s\"/>"
             "<w:basedOn w:val=\"%s\"/>",
             s->ours ? " w:customStyle=\"1\"" : "", s->id, s->name, s->based_on);
    if (s->next)
        buf_addf(b, "<w:next w:val=\"%s\"/>", s->next);
    buf_adds(b, "<w:qFormat/>");
    if (*s->properties)
        buf_addf(b, "<w:pPr>%s</w:pPr>", s->properties);
    if (*s->look)
        buf_addf(b, "<w:rPr>%s</w:rPr>", s->look);
    buf_adds(b, "</w:style>");
}

/* Single lines without space between; no line of a paragraph alone on a page. */
static const char defaults[] =
    "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" "
    "w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>"
    "<w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/><w:lang w:val=\"%s\" w:eastAsia=\"%s\" "
    "w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/>"
    "<w:spacing w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault>"
    "</w:docDefaults>";

#define GRID(side) "<w:" side " w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
#define CELL_SIDES(twips)                                                                          \
    "<w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"" #twips "\" w:type=\"dxa\"/>"   \
    "<w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"" #twips "\" w:type=\"dxa\"/>"             \
    "</w:tblCellMar>"
#define CHARACTERS(id, name, look)                                                                 \
    "<w:style w:type=\"character\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/><w:qFormat/>"  \
    "<w:rPr>" look "</w:rPr></w:style>"

static const char fixed_styles[] =
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>"
    "<w:qFormat/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"
    "<w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr>"
    "<w:tblInd w:w=\"0\" w:type=\"dxa\"/>" CELL_SIDES(
        57) "</w:tblPr></w:style>"
            "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>"
            "<w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders>" GRID("top") GRID("left")
                GRID("bottom") GRID("right") GRID("insideH") GRID(
                    "insideV") "</w:tblBorders></w:tblPr>"
                               "</w:style>"
                               "<w:style w:type=\"table\" w:customStyle=\"1\" "
                               "w:styleId=\"Plain\"><w:name w:val=\"Plain\"/>"
                               "<w:basedOn w:val=\"TableNormal\"/><w:tblPr>" CELL_SIDES(
                                   0) "</w:tblPr></w:style>" CHARACTERS("Strong", "Strong", BOLD)
                                   CHARACTERS("Emphasis", "Emphasis", ITALIC) CHARACTERS(
                                       "IntenseEmphasis", "Intense Emphasis", BOLD ITALIC)
                                       CHARACTERS("PlaceholderText", "Placeholder Text",
                                                  "<w:color w:val=\"595959\"/>");

static const char *locale(enum lang lang)
{
    return lang == LANG_VI ? "vi-VN" : "en-GB";
}

void docx_styles(struct buf *part, const struct doc *d)
{
    buf_adds(part, DOCX_XML "<w:styles " DOCX_W ">");
    buf_addf(part, defaults, locale(d->lang), locale(d->lang));
    buf_adds(part, fixed_styles);
    for (size_t i = 0; i < RUNNING; i++)
        style(part, &running[d->compact][i]);
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        style(part, &styles[i]);
    buf_adds(part, "</w:styles>");
}

/* ---- numbering ---- */

static void level(struct buf *b, int at, const char *format, const char *text)
{
    buf_addf(b,
             "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/>"
             "<w:pStyle w:val=\"Heading%d\"/><w:suff w:val=\"space\"/><w:lvlText w:val=\"%s\"/>"
             "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"0\" w:firstLine=\"720\"/></w:pPr>"
             "</w:lvl>",
             at, format, at + 1, text);
}

void docx_numbering(struct buf *part, int appendices)
{
    buf_adds(part, DOCX_XML "<w:numbering " DOCX_W "><w:abstractNum w:abstractNumId=\"0\">"
                            "<w:multiLevelType w:val=\"multilevel\"/>");
    level(part, 0, "upperRoman", "%1.");
    level(part, 1, "decimal", "%2.");
    level(part, 2, "lowerLetter", "%3)");
    buf_adds(part,
             "</w:abstractNum><w:abstractNum w:abstractNumId=\"1\">"
             "<w:multiLevelType w:val=\"singleLevel\"/><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
             "<w:numFmt w:val=\"bullet\"/><w:pStyle w:val=\"ListBullet\"/><w:suff w:val=\"space\"/>"
             "<w:lvlText w:val=\"-\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"0\" "
             "w:firstLine=\"720\"/></w:pPr></w:lvl></w:abstractNum>"
             "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>"
             "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/></w:num>");
    for (int i = 1; i <= appendices; i++) {
        buf_addf(part, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"0\"/>", i + 2);
        for (int at = 0; at < 3; at++)
            buf_addf(part,
                     "<w:lvlOverride w:ilvl=\"%d\"><w:startOverride w:val=\"1\"/></w:lvlOverride>",
                     at);
        buf_adds(part, "</w:num>");
    }
    buf_adds(part, "</w:numbering>");
}

/* ---- settings, headers ---- */

/* A line that '\n' ends is not stretched to the margin; Word 2013's layout. */
void docx_settings(struct buf *part, enum lang lang)
{
    buf_addf(part,
             DOCX_XML "<w:settings " DOCX_W "><w:defaultTabStop w:val=\"720\"/>"
                      "<w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat>"
                      "<w:doNotExpandShiftReturn/><w:compatSetting w:name=\"compatibilityMode\" "
                      "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                      "<w:themeFontLang w:val=\"%s\"/></w:settings>",
             locale(lang));
}

void docx_header(struct buf *part, bool number)
{
    buf_adds(part, DOCX_XML "<w:hdr " DOCX_W "><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr>");
    if (number)
        buf_adds(part, "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
                       "<w:r><w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>"
                       "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>2</w:t></w:r>"
                       "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>");
    buf_adds(part, "</w:p></w:hdr>");
}
