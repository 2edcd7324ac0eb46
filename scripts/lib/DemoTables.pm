# DemoTables: the shares from which make-demo-data draws its simulated cases. Invented, after the
# orders of magnitude that datasets/README.md cites; none of it describes Tháp Mười.
#
# Each act has its category, its weight among its root's acts and value => weight lists. Keys that
# one act lacks are not filled for it.
package DemoTables;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(%XHTE %U18 %SEVERITY weights_of);

# act => weight, ... in the order of the acts' names.
sub weights_of { my ($table) = @_; return map { $_ => $table->{$_}{weight} } sort keys %$table }

my @ONE_VICTIM = (1 => 90, 2 => 8, 3 => 2);
my @ONE_OFFENDER = (1 => 86, 2 => 11, 3 => 3);
my @CRIMINAL = (prosecuted => 84, administrative => 5, not_prosecuted => 6, suspended => 2);
my @MILD = (prosecuted => 30, administrative => 55, not_prosecuted => 12, suspended => 2);
my @HOURS = (night => 18, morning => 15, noon => 17, afternoon => 22, evening => 24, unknown => 4);
my @LATE_HOURS = (night => 38, morning => 5, noon => 7, afternoon => 18, evening => 32);
my @RISK = (
    none => 76, disabled => 7, orphan => 3, working_out_of_school => 7, no_support => 2,
    unknown => 5,
);
my @RISK_U18 = (
    none => 60, working_out_of_school => 24, in_conflict_with_law => 12, drug_dependent => 4,
);
my @CAUSES = (
    parents_work_away => 18, parents_separated => 14, lives_with_relatives => 13, home_alone => 15,
    lack_of_family_care => 20, poor_household => 10, alcohol => 8, out_of_school => 7,
    disability => 3, obscene_material => 4, offender_record => 4, unknown => 2,
);
my @CAUSES_U18 = (
    lack_of_family_care => 28, out_of_school => 24, parents_separated => 14,
    parents_work_away => 12, alcohol => 12, poor_household => 10, lives_with_relatives => 6,
    offender_record => 4, unknown => 3,
);

# What acts of one root share; their own entries go over it.
my %ABUSE = (
    victims => \@ONE_VICTIM, offenders => \@ONE_OFFENDER, outcomes => \@CRIMINAL,
    victim_sex => [female => 93, male => 7], time_of_day => \@HOURS, at_risk_group => \@RISK,
    factors => \@CAUSES,
);
my %VIOLENCE = (%ABUSE, victim_sex => [female => 45, male => 55], outcomes => \@MILD);
my %OFFENCE = (
    victims => [0 => 1], time_of_day => \@LATE_HOURS, at_risk_group => \@RISK_U18,
    factors => \@CAUSES_U18, setting => [public => 1], offenders => [1 => 50, 2 => 32, 3 => 18],
);
my %ON_PERSON = (
    %OFFENCE, victims => [1 => 85, 2 => 15], victim_age_band => ['18_plus' => 1],
    young_victims => 35, victim_sex => [male => 70, female => 30],
    relation => [friend => 30, other_acquaintance => 25, stranger => 33, neighbour => 12],
);

our %XHTE = (
    HIEPDAM => {
        %ABUSE, code => 'XHTE.TD.HIEPDAM', weight => 31, online => 6,
        victim_age_band => [under_6 => 12, '6_12' => 50, '13_15' => 38],
        relation => [neighbour => 26, other_acquaintance => 20, other_relative => 14,
            step_parent => 10, parent => 5, partner => 10, friend => 6, stranger => 6,
            unknown => 3], setting => [family => 55, public => 38, school => 3, other => 4],
    },
    GIAOCAU => {
        %ABUSE, code => 'XHTE.TD.GIAOCAU', weight => 24, online => 18,
        victim_age_band => ['13_15' => 1],
        relation => [partner => 64, friend => 10, other_acquaintance => 18, online_contact => 8],
        setting => [family => 42, public => 52, other => 6],
        factors => [@CAUSES, online_contact => 12],
    },
    DAMO => {
        %ABUSE, code => 'XHTE.TD.DAMO', weight => 18, online => 3,
        victim_age_band => [under_6 => 16, '6_12' => 60, '13_15' => 24],
        relation => [neighbour => 36, other_acquaintance => 20, other_relative => 12,
            caregiver_teacher => 10, step_parent => 8, stranger => 14],
        setting => [family => 40, public => 45, school => 11, care_facility => 1, other => 3],
    },
    CUONGDAM => {
        %ABUSE, code => 'XHTE.TD.CUONGDAM', weight => 2, victim_age_band => ['13_15' => 1],
        relation => [step_parent => 50, caregiver_teacher => 50],
        setting => [family => 70, school => 30],
    },
    KHIEUDAM => {
        %ABUSE, code => 'XHTE.TD.KHIEUDAM', weight => 1.5, online => 100,
        victim_age_band => ['6_12' => 20, '13_15' => 80], relation => [online_contact => 1],
        setting => [online => 1],
    },
    MAIDAM => {
        %ABUSE, code => 'XHTE.TD.MAIDAM', weight => 1.5, victim_age_band => ['13_15' => 1],
        relation => [stranger => 60, other_acquaintance => 40], setting => [public => 1],
    },
    THUONGTICH => {
        %VIOLENCE, code => 'XHTE.BL.THUONGTICH', weight => 10,
        victim_age_band => ['6_12' => 30, '13_15' => 70],
        relation => [friend => 25, neighbour => 25, other_acquaintance => 20, parent => 15,
            stranger => 15], setting => [public => 55, family => 25, school => 20],
        factors => [@CAUSES, school_conflict => 25],
    },
    HANHHA => {
        %VIOLENCE, code => 'XHTE.BL.HANHHA', weight => 5,
        victim_age_band => [under_6 => 40, '6_12' => 48, '13_15' => 12],
        relation => [parent => 40, step_parent => 42, caregiver_teacher => 18],
        setting => [family => 85, care_facility => 15], factors => [@CAUSES, family_conflict => 40],
    },
    GIET => {
        %VIOLENCE, code => 'XHTE.BL.GIET', weight => 0, outcomes => \@CRIMINAL,
        victim_age_band => [under_6 => 80, '13_15' => 20], relation => [parent => 1],
        setting => [family => 1],
    },
    BOROI => {
        %VIOLENCE, code => 'XHTE.BOROI', weight => 2, victim_age_band => [under_6 => 1],
        relation => [parent => 60, unknown => 40], setting => [public => 60, care_facility => 40],
    },
    DUDO => {
        %VIOLENCE, code => 'XHTE.DUDO', weight => 2, victim_age_band => ['13_15' => 1],
        relation => [other_acquaintance => 70, friend => 30], setting => [public => 1],
    },
    BLOT => {
        %VIOLENCE, code => 'XHTE.BLOT', weight => 1, outcomes => [administrative => 1],
        victim_age_band => ['13_15' => 1], relation => [other_acquaintance => 1],
        setting => [public => 1],
    },
    KHAC => {
        %VIOLENCE, code => 'XHTE.KHAC', weight => 1.5,
        victim_age_band => ['6_12' => 50, '13_15' => 50],
        relation => [other_acquaintance => 50, neighbour => 50],
        setting => [family => 50, public => 50],
    },
);

our %U18 = (
    TROM => {
        %ON_PERSON, code => 'U18.TTXH.TROM', weight => 20, young_victims => 4,
        relation => [neighbour => 34, other_acquaintance => 22, stranger => 44],
        setting => [family => 40, public => 55, school => 5],
        outcomes => [prosecuted => 52, administrative => 36, not_prosecuted => 6, diverted => 3,
            suspended => 1],
    },
    CYGTT => {
        %ON_PERSON, code => 'U18.TTXH.CYGTT', weight => 19,
        offenders => [1 => 40, 2 => 26, 3 => 18, 5 => 16],
        setting => [public => 72, school => 20, family => 8],
        factors => [@CAUSES_U18, school_conflict => 40],
        outcomes => [prosecuted => 58, administrative => 25, not_prosecuted => 12, diverted => 4,
            suspended => 1],
    },
    GRTTCC => {
        %OFFENCE, code => 'U18.TTXH.GRTTCC', weight => 13,
        offenders => [3 => 25, 4 => 25, 6 => 30, 9 => 20],
        outcomes => [prosecuted => 48, administrative => 50, diverted => 2],
    },
    CUONGDOAT => {
        %ON_PERSON, code => 'U18.TTXH.CUONGDOAT', weight => 2, online => 25,
        outcomes => [prosecuted => 80, administrative => 20],
    },
    CUOPGIAT => {
        %ON_PERSON, code => 'U18.TTXH.CUOPGIAT', weight => 2, young_victims => 10,
        relation => [stranger => 1], outcomes => [prosecuted => 90, administrative => 10],
    },
    CUOP => {
        %ON_PERSON, code => 'U18.TTXH.CUOP', weight => 1.5, young_victims => 10,
        relation => [stranger => 1], outcomes => [prosecuted => 1], grave => 1,
    },
    HIEPDAM => {
        %ON_PERSON, code => 'U18.TTXH.HIEPDAM', weight => 1, victims => [1 => 1],
        young_victims => 75, victim_sex => [female => 1], relation => [partner => 50, friend => 50],
        outcomes => [prosecuted => 1], grave => 1,
    },
    GIET => {
        %ON_PERSON, code => 'U18.TTXH.GIET', weight => 0.4, victims => [1 => 1],
        outcomes => [prosecuted => 1], grave => 1,
    },
    KHAC => {
        %OFFENCE, code => 'U18.TTXH.KHAC', weight => 6,
        outcomes => [prosecuted => 45, administrative => 55],
    },
    MT => {
        %OFFENCE, code => 'U18.MT', weight => 8, offenders => [1 => 70, 2 => 22, 4 => 8],
        setting => [public => 60, family => 30, other => 10], factors => [@CAUSES_U18, drugs => 90],
        outcomes => [prosecuted => 75, administrative => 25],
    },
    GT => {
        %OFFENCE, code => 'U18.GT', weight => 11,
        offenders => [2 => 30, 4 => 35, 7 => 25, 12 => 10],
        outcomes => [prosecuted => 18, administrative => 80, diverted => 2],
    },
    VPHC => {
        %OFFENCE, code => 'U18.VPHC', weight => 16, offenders => [1 => 48, 2 => 28, 4 => 24],
        outcomes => [administrative => 1],
    },
);

# 1 less serious .. 4 especially serious (Penal Code, article 9), by the frames of the articles.
our %SEVERITY = (
    HIEPDAM => [3 => 70, 4 => 30], CUONGDAM => [3 => 1], GIAOCAU => [2 => 80, 3 => 20],
    DAMO => [1 => 75, 2 => 25], KHIEUDAM => [1 => 70, 2 => 30], MAIDAM => [2 => 60, 3 => 40],
    THUONGTICH => [1 => 60, 2 => 40], HANHHA => [1 => 60, 2 => 40], GIET => [4 => 1],
    BOROI => [1 => 1], DUDO => [2 => 1], KHAC => [1 => 70, 2 => 30], TROM => [1 => 80, 2 => 20],
    CYGTT => [1 => 60, 2 => 34, 3 => 6], GRTTCC => [1 => 60, 2 => 40],
    CUONGDOAT => [2 => 80, 3 => 20], CUOPGIAT => [2 => 70, 3 => 30], CUOP => [3 => 80, 4 => 20],
    MT => [2 => 65, 3 => 35], GT => [1 => 80, 2 => 20],
);

1;
