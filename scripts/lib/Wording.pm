# Wording: what is wrong with a text in a document, whoever wrote the sentence: words that are
# broken, not filled in, or of the other language, and numbers as another language writes them.
package Wording;
use strict;
use warnings;
use utf8;
use Exporter 'import';
use Document qw(content);
our @EXPORT_OK = qw(faults_of);

my (%foreign, %code);

# Of each language's sentences in the catalogue the pieces of three words or more that stand between
# what is filled in; what one language takes from the other, or from the plan, is in no wrong one.
sub learn {
    my $literal = qr/"(?:\\.|[^"\\])*"/;
    my $text = qr/$literal(?:\s*(?:$literal|PRI\w+))*/;
    my $catalogue = content('src/base/texts.c');
    my (@said, @data);
    while ($catalogue =~ /\{($text),\s*($text)\}/g) {
        my @pair = ($1, $2);
        push @{ $said[$_] }, join '', $pair[$_] =~ /"((?:\\.|[^"\\])*)"/g for 0, 1;
    }
    @data = map { content($_) } glob 'datasets/builtin/*';
    for my $language (0, 1) {
        my $other = join "\n", @{ $said[ 1 - $language ] }, $language ? @data : ();
        my %piece = map { s/^\s+|\s+$//gr => 1 }
            map { split /%[-+ 0-9.*]*[a-zA-Z]+|%%|\\.|[.:;,()`'<>|=]+/ } @{ $said[$language] };
        my @long = grep { /\w\w.* .*\w\w.* .*\w\w/ && index($other, $_) < 0 } keys %piece;
        my $any = join '|', map { quotemeta } sort @long;
        $foreign{ $language ? 'en' : 'vi' } = qr/(?<!\w)(?:$any)(?!\w)/;
    }
    # Indicators are called 3.0, too.
    %code = map { $_ => 1 } map { /^[^,]*,(\d+\.\d+),/gm } content('datasets/builtin/targets.csv');
}

# [CLAIM, what] for each fault; claims are those of scripts/documents.
sub faults_of {
    my ($text, $language) = @_;
    learn() unless %foreign;
    my @faults;
    push @faults, [words => "broken or unfilled '$&'"]
        if $text =~ /\x{fffd}|\(null\)|%[sdulzf](?!\w)|%\.\d|(?<!\w)-?(?:nan|inf)(?!\w)/i;
    push @faults, [words => "of the other language '$&'"] if $text =~ $foreign{$language};
    push @faults, [numbers => "a space before % '$&'"] if $text =~ /\d[\s\xa0]%/;
    push @faults, [numbers => "a hyphen for a minus '$&'"] if $text =~ /(?:^|[\s\xa0(\/])-\d\S*/;
    my ($group, $decimal) = $language eq 'vi' ? ('\.', ',') : (',', '\.');
    for my $number ($text =~ /(?<![\w.,])(\d+(?:[.,]\d+)+)(?![\w]|[.,]\d)/g) {
        my $is_version = $number =~ /^\d+\.\d+\.\d$/;
        next if $code{$number} || $is_version || $number !~ /$group/;
        push @faults, [numbers => "the other language's decimals '$number'"]
            unless $number =~ /^\d{1,3}(?:$group\d{3})+(?:$decimal\d+)?$/;
    }
    return @faults;
}

1;
