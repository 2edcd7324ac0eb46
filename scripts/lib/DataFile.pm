# DataFile: how the generators of datasets/ read and write: UTF-8, LF, RFC 4180 quotes where needed.
# They die with the file's name when it cannot be read or written.
package DataFile;
use strict;
use warnings;
use Exporter 'import';
our @EXPORT_OK = qw(read_csv write_csv slurp spew);

# Rows as {column => text}. For plain files: a quoted value is refused.
sub read_csv {
    my ($path) = @_;
    my ($head, @lines) = split /\r?\n/, slurp($path);
    die "$path: holds a quoted value\n" if grep { /"/ } @lines;
    my @names = split /,/, $head;
    return [map { my %row; @row{@names} = split /,/, $_, -1; \%row } @lines];
}

# Rows as [value, ...], the first one the head.
sub write_csv {
    my ($path, @rows) = @_;
    my $text = '';
    for my $row (@rows) {
        $text .= join(',', map { /[",\n]/ ? '"' . s/"/""/gr . '"' : $_ } @$row) . "\n";
    }
    spew($path, $text);
}

sub slurp {
    my ($path) = @_;
    open my $in, '<:raw:utf8', $path or die "$path: cannot be read: $!\n";
    local $/;
    return scalar <$in>;
}

sub spew {
    my ($path, $text) = @_;
    open my $out, '>:raw:utf8', $path or die "$path: cannot be written: $!\n";
    print {$out} $text;
    close $out or die "$path: cannot be written: $!\n";
}

1;
