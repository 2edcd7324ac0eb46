# OnPage: where the pieces of a document (Document.pm) stand on the pages of its PDF, and what a
# reader would mind there. $say->(CLAIM, TEXT) takes what is wrong; claims are those of
# scripts/documents.
package OnPage;
use strict;
use warnings;
use utf8;
use Exporter 'import';
use Document qw(squeezed);
our @EXPORT_OK = qw(place_pieces check_alone check_slides check_words_places check_white);

my $mm = 72 / 25.4;
# The text's place on a page (report/LAYOUT.md 2), of a slide (5): left, top, right, bottom in mm;
# and what rounding and the slant of italics may take of it.
my %margin = (page => [30, 20, 20, 20], slide => [12, 6, 12, 4]);
my $slack = 1.2;
my ($title_ends, $foot_begins) = (34, 174);

sub is_number {
    my ($word, $form) = @_;
    return $form eq 'page' && $word->{bottom} < ($margin{page}[1] - $slack) * $mm;
}

# The PDF's text without blanks and page numbers, and of each of its letters its word and page.
sub stream_of {
    my ($pages, $form) = @_;
    my ($stream, @at) = ('');
    for my $n (0 .. $#$pages) {
        for my $word (grep { !is_number($_, $form) } @{ $pages->[$n]{words} }) {
            my $text = squeezed($word->{text});
            $stream .= $text;
            push @at, ({ %$word, page => $n + 1 }) x length $text;
        }
    }
    return ($stream, \@at);
}

# LibreOffice draws a slide's number before all else.
sub in_order_drawn {
    my (@pieces) = @_;
    my $rank = sub { 2 * $_[0]{slide} + ($_[0]{style} ne 'sldNum') };
    return @pieces && $pieces[0]{slide} ? sort { $rank->($a) <=> $rank->($b) } @pieces : @pieces;
}

# Finds each piece in the PDF and notes its first and last word there. Between two of them stands
# nothing but a chart's own words, which are returned, and a table's head where the table goes on.
sub place_pieces {
    my ($say, $pieces, $pages, $form) = @_;
    my ($stream, $at) = stream_of($pages, $form);
    my ($pos, $figure, %head, @charts) = (0);
    for my $piece (in_order_drawn(@$pieces)) {
        $figure = $piece if $piece->{figure};
        my $text = squeezed($piece->{label} . $piece->{text});
        next if $text eq '';
        my $table = $piece->{table} // 0;
        $head{$table} .= $text if $piece->{head};
        if (substr($stream, $pos, length $text) ne $text) {
            my $found = index $stream, $text, $pos;
            my $between = $found < 0 ? '' : substr $stream, $pos, $found - $pos;
            my $goes_on = $piece->{row} && !$piece->{head} && $between eq ($head{$table} // '');
            $say->(read_back => "'$piece->{text}' is not read where it stands: there is '" .
                   substr($stream, $pos, 60) . "'") unless $found >= 0 && ($figure || $goes_on);
            next if $found < 0;
            if ($figure) {
                @$figure{qw(first last)} = ($at->[$pos], $at->[ $found - 1 ]);
                my %seen;
                push @charts, join ' ', map { $_->{text} }
                    grep { !$seen{"@$_{qw(page x y)}"}++ } @$at[ $pos .. $found - 1 ];
            }
            $pos = $found;
        }
        @$piece{qw(first last)} = ($at->[$pos], $at->[ $pos + length($text) - 1 ]);
        $pos += length $text;
        $figure = undef;
    }
    $say->(read_back => "more than the document says: '" . substr($stream, $pos) . "'")
        if $pos < length $stream && !$figure;
    return @charts;
}

# Headings, captions and heads with what they are about; figures and tables with what is said of
# them; the signature with the last sentence; a row whole, and the last one with another.
sub check_alone {
    my ($say, $pieces) = @_;
    my @seen = grep { $_->{first} } @$pieces;
    for my $n (0 .. $#seen - 1) {
        my ($this, $next) = @seen[ $n, $n + 1 ];
        my $end = $this->{last}{page};
        next if $end == $next->{first}{page};
        my $what = $this->{style} =~ /^(?:Heading|TableCaption|Appendix|Attached)/ ? $this->{style}
            : $this->{figure} ? 'figure, its caption overleaf'
            : $this->{head} && !$next->{head} ? 'head row'
            : $next->{style} eq 'Source' ? 'text, its note or source overleaf'
            : $next->{style} =~ /^Recipients|^Signature/ ? 'last sentence or signature' : next;
        $say->(alone => "page $end ends with a $what: '$this->{text}'");
    }
    my %rows;
    for my $cell (grep { $_->{table} && !$_->{head} } @seen) {
        my $row = $rows{ $cell->{table} }[ $cell->{row} ] //= $cell;
        $say->(alone => "a row is broken over two pages: '$cell->{text}'")
            if $cell->{last}{page} != $row->{first}{page};
    }
    for my $table (values %rows) {
        my @row = grep { $_ } @$table;
        next if @row < 2 || $row[-1]{first}{page} == $row[-2]{first}{page};
        $say->(alone => "a table's last row is alone on page $row[-1]{first}{page}: " .
               "'$row[-1]{text}'");
    }
}

# Title, content and source, each in its own part of the slide.
sub check_slides {
    my ($say, $pieces) = @_;
    for my $piece (grep { $_->{first} && $_->{slide} > 1 } @$pieces) {
        my ($first, $last, $style) = @$piece{qw(first last style)};
        my $on = "slide $piece->{slide}: ";
        $say->(read_back => $on . "is on page $last->{page}") if $last->{page} != $piece->{slide};
        $say->(places => $on . 'the source runs into the chart')
            if $style eq 'body' && $first->{y} / $mm < $foot_begins - $slack;
        next if $style eq 'body' || $style eq 'sldNum';
        my ($down, $most) = ($last->{bottom} / $mm, $style eq 'title' ? $title_ends : $foot_begins);
        $say->(places => $on . sprintf "the %s reaches down to %.0f mm: '%s'", $style, $down,
               $piece->{figure} ? 'chart' : $piece->{text}) if $down > $most + $slack;
    }
}

# Each word inside the margins, but for the page's number.
sub check_words_places {
    my ($say, $pages, $form) = @_;
    my ($left, $top, $right, $bottom) = @{ $margin{$form} };
    for my $n (1 .. @$pages) {
        my $page = $pages->[ $n - 1 ];
        my ($width, $height) = map { $_ / $mm } @$page{qw(width height)};
        my @words = @{ $page->{words} };
        my $number = join ' ', map { $_->{text} } grep { is_number($_, $form) } @words;
        $say->(pages => "page $n is numbered '$number'")
            if $form eq 'page' && $number ne ($n == 1 ? '' : $n);
        for my $word (grep { !is_number($_, $form) } @words) {
            my ($x0, $y0, $x1, $y1) = map { $_ / $mm } @$word{qw(x y right bottom)};
            $say->(places => "page $n: '$word->{text}' leaves the text's place")
                if $x0 < $left - $slack || $x1 > $width - $right + $slack ||
                   $y0 < $top - $slack || $y1 > $height - $bottom + $slack;
        }
    }
}

# By what is seen, a page's picture (PGM, 40 dots an inch): outside the margins the paper is white.
sub check_white {
    my ($say, $form, $image) = @_;
    my $scale = 40 / 25.4;
    my ($left, $top, $right, $bottom) = map { int(($_ - $slack) * $scale) } @{ $margin{$form} };
    open my $in, '<:raw', $image or die "documents: $image: $!\n";
    my $bytes = do { local $/; <$in> };
    $bytes =~ s/^P5\s+(\d+)\s+(\d+)\s+255\s// or die "documents: $image: no picture\n";
    my ($width, $height) = ($1, $2);
    my $number = int(10 * $scale);
    for my $y (0 .. $height - 1) {
        my $row = substr $bytes, $y * $width, $width;
        substr($row, $width / 2 - $number, 2 * $number) = '' if $form eq 'page' && $y < $top;
        substr($row, $left, $width - $left - $right) = '' if $y >= $top && $y < $height - $bottom;
        next unless $row =~ /[\x00-\xe0]/;
        my ($page) = $image =~ /-p-?0*(\d+)\.pgm$/;
        return $say->(places => sprintf 'page %d: something is drawn outside the margins, ' .
                      '%.0f mm from the top', $page, $y / $scale);
    }
}

1;
