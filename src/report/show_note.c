/* The `note` column and the provenance line as people read them. */
#include <string.h>

#include "base/lang.h"
#include "report/show_parts.h"

/* A sentence with %s takes the value there. One without is a flag: a value of 1 says no more than
 * the code does, any other is put behind it. "label: %s" needs neither a plural nor a classifier.
 */
static const struct note_word {
    const char *code, *english;
} note_words[] = {
    {"what_if", N_("a supposition, not data: %s")},
    {"base_zero", N_("no case in the year before")},
    {"base_forecast", N_("reckoned from a forecast of the year before")},
    {"base_running", N_("the year before still runs, and is not forecast")},
    {"plan_of", N_("by the targets of plan %s")},
    {"undated", N_("without a date of this basis: %s")},
    {"left_out", N_("not compared: %s")},
    {"left_out_days", N_("days not compared: %s")},
    {"partly_compared", N_("compared on a part of the days: %s")},
    {"compared_units", N_("on the same base of comparison (%s units)")},
    {"recorded", N_("recorded in all: %s")},
    {"recorded_before", N_("recorded in all in the period before: %s")},
    {"absent_zero", N_("absent rows taken as zero")},
    {"population_proxy", N_("another population used: %s")},
    {"unequal_spans", N_("spans of unequal length, compared by the day")},
    {"blank_victims", N_("left blank and not counted: %s")},
    {"coarse", N_("the source is coarser than the period")},
    {"not_comparable", N_("not directly comparable: a change between the periods (%s)")},
    {"negative_rest", N_("the parts exceed the stated total")},
    {"assumed", N_("coverage assumed, not declared")},
    {"suspended", N_("suspended: %s")},
    {"rate_with_suspended", N_("rate with suspended cases: %s")},
    {"open_in_time", N_("open, within the time limit: %s")},
    {"open_extended", N_("open, time limit extended: %s")},
    {"overdue", N_("overdue: %s")},
    {"identity", N_("accepted, resolved and open do not add up")},
    {"no_data", N_("no data")},
    {"stated", N_("stated totals used")},
    {"lagging", N_("more than a month behind: %s")},
    {"total", N_("total of the rows below")},
    {"source", N_("source: %s")},
    {"carried_over", N_("carried over: %s")},
    {"accepted", N_("accepted: %s")},
    {"transferred", N_("transferred: %s")},
    {"unsolved_open", N_("not solved and still open: %s")},
    {"support_blank", N_("nothing entered about support: %s")},
    {"not_stated", N_("not stated, taken as 0: %s")},
    {"covered_to", N_("reported up to %s")},
    {"unknown", N_("some of it is unknown: left empty, or stated as a total only")},
    {"blank", N_("without the number that is counted: %s")},
    {"population_held", N_("population carried to or between the years loaded")},
    {"kinds_changed", N_("kinds that begin or end between the periods: %s")},
    {"not_broken_down", N_("what a stated total has beyond its parts")},
    {"delay_reports", N_("completeness judged by the delays of reports: %s")},
    {"delay_max", N_("longest delay that can be judged, in days: %s")},
    {"delay_unknown", N_("reports too few to judge completeness by: %s")},
    {"few_periods", N_("fewer than 3 periods: nothing estimated")},
    {"few_incidents", N_("fewer than 5 incidents: nothing estimated")},
    {"no_overdispersion", N_("no over-dispersion")},
    {"slope_not_estimable", N_("the data do not carry a slope")},
    {"change_too_wide", N_("the interval of the change is too wide to be shown")},
    {"season_not_estimable", N_("the data do not carry a season")},
    {"season_unbounded", N_("some months of the year have no case at all")},
    {"step_dropped", N_("a break left out of the model")},
    {"sen_ties", N_("ties leave Sen's interval empty")},
    {"steps_of_level", N_("breaks of level in the model: %s")},
    {"steps_partial", N_("steps not known of all units, left out: %s")},
    {"steps_unknown", N_("steps not known, left out: %s")},
    {"steps_bounded", N_("steps with cases of divided units, left out: %s")},
    {"divided", N_("cases of divided units, perhaps its own: %s")},
    {"apportioned", N_("shares of divided units")},
    {"missing", N_("made of areas that are not loaded: %s")},
    {"steps_excluded", N_("steps left out by an event: %s")},
    {"every", N_("by the %s")},
    {"exposure_unknown", N_("population not known of all steps")},
    {"finished", N_("the period is over")},
    {"no_history", N_("no month is known")},
    {"too_far", N_("more than two years ahead, not forecast")},
    {"pooled", N_("borrowed from the units beside")},
    {"seasonal_limits", N_("limits follow the season")},
    {"dispersed_limits", N_("limits allow for over-dispersion")},
    {"days_known", N_("days known: %s")},
    {"no_population", N_("no population is known")},
    {"not_reported", N_("not reported")},
    {"few_units", N_("differences between so few units can hardly be shown")},
    {"under_20_units", N_("under 20 units: neither Gi* nor clusters")},
    {"no_coordinates", N_("without coordinates: in no cluster")},
    {"alarm", N_("higher than usual")},
    {"few_months", N_("too few months before it")},
    {"few_recent", N_("fewer than 5 cases in 4 months: not judged")},
    {"no_season", N_("no case in this season of past years")},
    {"no_trend", N_("judged without a trend")},
    {"ongoing", N_("high in the months before, none in this one")},
    {"rebased", N_("judged from the last break on")},
    {"months_missing", N_("months before it are not known")},
    {"cluster_new", N_("in an emerging cluster, new")},
    {"cluster_ongoing", N_("in an emerging cluster, also by the month before")},
    {"late", N_("late: %s")},
    {"added", N_("new: %s")},
    {"reinstated", N_("reinstated: %s")},
    {"reclassified_in", N_("from another category: %s")},
    {"reclassified_out", N_("to another category: %s")},
    {"moved_in", N_("from another unit: %s")},
    {"moved_out", N_("to another unit: %s")},
    {"redated_in", N_("from another period: %s")},
    {"redated_out", N_("to another period: %s")},
    {"withdrawn", N_("withdrawn: %s")},
    {"outcomes", N_("outcome changed: %s")},
    {"counts_added", N_("count rows added: %s")},
    {"counts_changed", N_("count rows changed: %s")},
    {"counts_withdrawn", N_("count rows withdrawn: %s")},
    {"through_counts", N_("through count rows: %s")},
    {"other", N_("otherwise: %s")},
    {"days_added", N_("days reported since: %s")},
    {"days_taken", N_("days no longer reported: %s")},
    {"unknown_then", N_("not known then")},
    {"unknown_now", N_("not known now")},
    {"open_gap", N_("days since the last case: %s")},
    {"said", N_("reported: %s")},
    {"said_of", N_("reported, of: %s")},
    {"said_before", N_("reported of the same period: %s")},
    {"corrects", N_("corrects No. %s")},
    {"corrected_by", N_("corrected by No. %s")},
    {"undone", N_("loads under it taken back since: %s")},
    {"audience", N_("for %s")},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* 2024-05-03 as a whole: no digit on either side. */
static bool is_date(const char *text, const char *end, char before)
{
    static const char shape[] = "0000-00-00";
    if (end - text < 10 || is_digit(before) || (end - text > 10 && is_digit(text[10])))
        return false;
    for (int i = 0; i < 10; i++)
        if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != '-')
            return false;
    return true;
}

/* -12.5 or 94.2%, and nothing else. */
static bool is_number(const char *text, const char *end)
{
    size_t digits = 0, points = 0;
    if (text < end && *text == '-')
        text++;
    if (text < end && end[-1] == '%')
        end--;
    for (; text < end; text++) {
        if (is_digit(*text))
            digits++;
        else if (*text == '.' && digits && !points && text + 1 < end)
            points++;
        else
            return false;
    }
    return digits > 0;
}

static void add_number(struct buf *b, const char *text, const char *end, enum lang lang)
{
    if (*text == '-') {
        buf_adds(b, "−");
        text++;
    }
    for (; text < end; text++)
        buf_addc(b, *text == '.' && lang == LANG_VI ? ',' : *text);
}

/* Plain text, with its dates turned round in Vietnamese. */
static void add_dated(struct buf *b, const char *text, const char *end, enum lang lang)
{
    for (char before = 0; text < end; before = *text++) {
        if (lang == LANG_VI && is_date(text, end, before)) {
            buf_addf(b, "%.2s/%.2s/%.4s", text + 8, text + 5, text);
            text += 9;
        } else {
            buf_addc(b, *text);
        }
    }
}

static void add_value(struct buf *b, const char *text, const char *end, enum lang lang)
{
    if (is_number(text, end))
        add_number(b, text, end, lang);
    else
        add_dated(b, text, end, lang);
}

static const char *note_sentence(const char *code, size_t n)
{
    for (size_t i = 0; i < sizeof note_words / sizeof note_words[0]; i++)
        if (strlen(note_words[i].code) == n && !memcmp(note_words[i].code, code, n))
            return note_words[i].english;
    return NULL;
}

/* The sentence known for text..end ("code=value"), its value from `value` on; an empty value leaves
 * a sentence that asks for one unsaid: then the code stands as it is. */
static void add_token(struct buf *b, const char *text, const char *end, enum lang lang)
{
    const char *equals = memchr(text, '=', (size_t)(end - text));
    const char *value = equals ? equals + 1 : end;
    const char *sentence = note_sentence(text, (size_t)((equals ? equals : end) - text));
    sentence = sentence ? tr(lang, sentence) : NULL;
    const char *slot = sentence ? strstr(sentence, "%s") : NULL;
    if (!sentence || (slot && value == end)) {
        buf_add(b, text, (size_t)(end - text));
    } else if (slot) {
        buf_add(b, sentence, (size_t)(slot - sentence));
        add_value(b, value, end, lang);
        buf_adds(b, slot + 2);
    } else {
        buf_adds(b, sentence);
        if (value == end || (end - value == 1 && *value == '1'))
            return;
        buf_adds(b, ": ");
        add_value(b, value, end, lang);
    }
}

void show_note(struct buf *b, const char *note, enum lang lang)
{
    bool first = true;
    while (*note) {
        size_t n = strcspn(note, ";");
        if (n) {
            buf_adds(b, first ? "" : "; ");
            add_token(b, note, note + n, lang);
            first = false;
        }
        note += n + (note[n] == ';');
    }
}

void show_provenance(const struct result *r, struct buf *b)
{
    bool first = true;
    for (size_t i = 0; i < r->prov_count; i++) {
        const struct prov *p = &r->provs[i];
        if (!p->label)
            continue;
        const char *shown = p->shown ? p->shown : p->value;
        buf_addf(b, "%s%s: %s", first ? "" : "; ", tr(r->lang, p->label), shown);
        first = false;
    }
}

const char *show_simulated(enum lang lang)
{
    return tr(lang, "SIMULATED DATA");
}
