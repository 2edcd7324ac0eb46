# Document: what a file that `keogiam report` wrote says, for scripts/documents: read back from the
# file itself, by rules of the format and by nothing of the writers. A document is a list of pieces
# in the reader's order, a hash each:
#   text    what a paragraph, a cell, a caption says; '' where it says nothing
#   style   its style's name (DOCX), its placeholder's (PPTX)
#   label   the number or dash that the reader sees before it ('I.', '1.', 'a)', '-')
#   table, row, column  of a cell's paragraph: which table and where in it, and
#   head                whether its row is repeated on each page
#   figure  1 for a picture; alt is what is said of it
#   slide   which one (PPTX)
package Document;
use strict;
use warnings;
use utf8;
use Exporter 'import';
use Unicode::Normalize;
our @EXPORT_OK = qw(content parts tree all_of read_docx read_pptx read_html pdf_pages squeezed);

sub content {
    my ($file) = @_;
    open my $in, '<:encoding(UTF-8)', $file or die "documents: $file: $!\n";
    local $/;
    return scalar(<$in>) // '';
}

# The XML parts of a zip file: name => text.
sub parts {
    my ($file) = @_;
    my %part;
    open my $names, '-|', 'unzip', '-Z1', $file or die "documents: unzip: $!\n";
    chomp(my @names = <$names>);
    for my $name (grep { /\.(?:xml|rels)$/ } @names) {
        my $glob = $name =~ s/([\[\]*?])/\\$1/gr;
        open my $in, '-|:encoding(UTF-8)', 'unzip', '-p', $file, $glob or die "documents: $!\n";
        local $/;
        $part{$name} = <$in>;
    }
    return \%part;
}

my %entity = (amp => '&', lt => '<', gt => '>', quot => '"', apos => "'", nbsp => "\xa0");

sub decoded {
    my ($text) = @_;    # not $_[0]: callers pass $1
    return $text =~ s{&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));}
                     {defined $1 ? chr hex $1 : defined $2 ? chr $2 : $entity{$3} // "&$3;"}ger;
}

# XML into elements: { name, at => { attribute => value }, in => [ elements and strings ] }.
sub tree {
    my ($xml) = @_;
    my @open = ({ name => '', at => {}, in => [] });
    while ($xml =~ m{<([?!/]?)([\w:]*)([^<>]*?)(/?)>|([^<]+)}g) {
        if (defined $5) {
            push @{ $open[-1]{in} }, decoded($5);
        } elsif ($1 eq '/') {
            my $done = pop @open;
            die "documents: </$2> closes <$done->{name}>\n" if $done->{name} ne $2;
        } elsif ($1 eq '') {
            my ($name, $said, $empty) = ($2, $3, $4);
            my %at = map { decoded($_) } $said =~ /([\w:.-]+)="([^"]*)"/g;
            my $element = { name => $name, at => \%at, in => [] };
            push @{ $open[-1]{in} }, $element;
            push @open, $element unless $empty;
        }
    }
    return $open[0];
}

# The elements of these names below one, in order.
sub all_of {
    my ($element, @names) = @_;
    my %wanted = map { $_ => 1 } @names;
    my (@found, $walk);
    $walk = sub {
        for my $child (grep { ref } @{ $_[0]{in} }) {
            push @found, $child if $wanted{ $child->{name} };
            $walk->($child);
        }
    };
    $walk->($element);
    return @found;
}

sub text_of {
    my ($paragraph, $text, $break) = @_;
    return join '', map { $_->{name} eq $break ? "\n" : join '', @{ $_->{in} } }
        all_of($paragraph, $text, $break);
}

sub children {
    my ($element, $name) = @_;
    return grep { ref && $_->{name} eq $name } @{ $element->{in} };
}

# ---- DOCX ----

sub roman {
    my ($n) = @_;
    my $said = '';
    for (['X', 10], ['IX', 9], ['V', 5], ['IV', 4], ['I', 1]) {
        my ($letters, $worth) = @$_;
        $said .= $letters x int($n / $worth);
        $n %= $worth;
    }
    return $said;
}

# The number that Word shows before a heading: each level starts anew under the one above it.
sub heading_label {
    my ($count, $level) = @_;
    $count->[$level]++;
    @$count[ $level + 1 .. 9 ] = ();
    return roman($count->[1]) . '.' if $level == 1;
    return $level == 2 ? "$count->[2]." : chr(ord('a') + $count->[3] - 1) . ')';
}

sub docx_paragraph {
    my ($p, $count) = @_;
    my ($style) = map { $_->{at}{'w:val'} } all_of($p, 'w:pStyle');
    my ($picture) = all_of($p, 'wp:docPr');
    my %piece = (style => $style // '', label => '', text => text_of($p, 'w:t', 'w:br'));
    $piece{label} = heading_label($count, $1) if $piece{style} =~ /^Heading(\d)/;
    $piece{label} = '-' if $piece{style} eq 'ListBullet';
    $piece{fields} = [ map { join '', @{ $_->{in} } } all_of($p, 'w:instrText') ];
    @piece{qw(figure alt)} = (1, $picture->{at}{descr}) if $picture;
    return \%piece;
}

# What stands in content controls stands in the body.
sub blocks_of {
    my ($node) = @_;
    return map { $_->{name} eq 'w:sdt' ? map { blocks_of($_) } children($_, 'w:sdtContent') : $_ }
        grep { ref } @{ $node->{in} };
}

sub read_docx {
    my ($part) = @_;
    my ($body) = all_of(tree($part->{'word/document.xml'}), 'w:body');
    my (@pieces, @count, $tables);
    for my $block (blocks_of($body)) {
        push @pieces, docx_paragraph($block, \@count) if $block->{name} eq 'w:p';
        next if $block->{name} ne 'w:tbl';
        my $row = 0;
        $tables++;
        for my $tr (children($block, 'w:tr')) {
            my %at = (table => $tables, row => $row++, head => all_of($tr, 'w:tblHeader') ? 1 : 0);
            my $column = 0;
            for my $cell (children($tr, 'w:tc')) {
                $at{column} = $column++;
                push @pieces, { %{ docx_paragraph($_, \@count) }, %at } for all_of($cell, 'w:p');
            }
        }
    }
    return \@pieces;
}

# ---- PPTX ----

sub bullet_of {
    my ($bullet) = all_of($_[0], 'a:buChar');
    return $bullet ? $bullet->{at}{char} : '';
}

sub read_pptx {
    my ($part) = @_;
    my (@pieces, $tables);
    for my $n (1 .. grep { m{^ppt/slides/slide\d+\.xml$} } keys %$part) {
        for my $shape (all_of(tree($part->{"ppt/slides/slide$n.xml"}),
                              qw(p:sp p:pic p:graphicFrame))) {
            my ($kind) = map { $_->{at}{type} // 'body' } all_of($shape, 'p:ph');
            my ($named) = all_of($shape, 'p:cNvPr');
            my %at = (slide => $n, label => '', style => $kind // 'box');
            push @pieces, { %at, figure => 1, text => '', alt => $named->{at}{descr} }
                if $shape->{name} eq 'p:pic';
            push @pieces, { %at, text => text_of($_, 'a:t', 'a:br'), label => bullet_of($_) }
                for $shape->{name} eq 'p:sp' ? all_of($shape, 'a:p') : ();
            next if $shape->{name} ne 'p:graphicFrame';
            my $row = 0;
            $tables++;
            for my $tr (all_of($shape, 'a:tr')) {
                my $column = 0;
                push @pieces, { %at, style => 'cell', table => $tables, row => $row,
                                head => $row == 0, column => $column++,
                                text => text_of($_, 'a:t', 'a:br') }
                    for all_of($tr, 'a:tc');
                $row++;
            }
        }
    }
    return \@pieces;
}

# ---- HTML ----

# The lines of the body as the browser breaks them, without the list of contents.
sub read_html {
    my ($html) = @_;
    my ($body) = $html =~ m{<main\b[^>]*>(.*)</main>}s;
    return [] unless defined $body;
    $body =~ s{<(script|style|nav|svg)\b.*?</\1>}{}gs;
    $body =~ s{<span class="upper">(.*?)</span>}{uc $1}gse;
    $body =~ s{<(?:/?(?:p|div|h\d|li|ul|td|th|tr|table|caption|figure|figcaption|section|header)
                   |br)\b[^>]*>}{\n}gx;
    $body =~ s{<[^>]*>}{}g;
    return [ grep { /\S/ } map { decoded($_) } split /\n/, $body ];
}

# ---- PDF ----

# The pages: { width, height, words => [ { text, x, y, right, bottom } ] }, in points and in the
# order in which they are drawn, which is that of the document's text.
sub pdf_pages {
    my ($file) = @_;
    my @pages;
    open my $in, '-|:encoding(UTF-8)', 'pdftotext', '-raw', '-bbox', $file, '-'
        or die "documents: pdftotext: $!\n";
    while (my $line = <$in>) {
        my %at = $line =~ /(\w+)="([\d.-]+)"/g;
        push @pages, { %at{qw(width height)}, words => [] } if $line =~ /<page /;
        next unless $line =~ m{<word [^>]*>(.*)</word>};
        push @{ $pages[-1]{words} }, { text => decoded($1), x => $at{xMin}, y => $at{yMin},
                                       right => $at{xMax}, bottom => $at{yMax} };
    }
    return \@pages;
}

# Text as it is compared: where lines and words are broken is the reader's affair.
sub squeezed {
    return NFC($_[0]) =~ s/[\s\xa0\x{ad}]+//gr;
}

1;
