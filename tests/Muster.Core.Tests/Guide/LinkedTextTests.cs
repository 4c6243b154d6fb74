using CsCheck;
using Muster.Core.Guide;
using Xunit;

namespace Muster.Core.Tests.Guide;

public sealed class LinkedTextTests
{
    [Fact]
    public void An_empty_line_parts_paragraphs_and_a_single_one_does_not()
    {
        Assert.Equal(["One\ntwo", "three"], LinkedText.Paragraphs("One\r\ntwo\r\n \r\n\r\nthree\r\n").Select(p => p.Single().Words));
        Assert.Empty(LinkedText.Paragraphs(" \n\n "));
        Assert.Empty(LinkedText.Paragraphs(null));
    }

    [Theory]
    [InlineData("see https://kek.jp/a?b=1, please", "https://kek.jp/a?b=1", "https://kek.jp/a?b=1")]
    [InlineData("(https://kek.jp/).", "https://kek.jp/", "https://kek.jp/")]
    [InlineData("see [the list](https://kek.jp/x) now", "https://kek.jp/x", "the list")]
    [InlineData("see [your page](/me).", "/me", "your page")]
    public void Https_addresses_and_own_paths_are_links(string text, string link, string words)
    {
        var piece = LinkedText.Paragraphs(text).Single().Single(p => p.Link is not null);

        Assert.Equal((link, words), (piece.Link, piece.Words));
        Assert.Null(LinkedText.FirstRefusedLink(text));
    }

    [Theory]
    [InlineData("[x](javascript:alert)")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](https://@evil.example)")]
    [InlineData("[x](http://kek.jp)")]
    [InlineData("[x](//evil.example)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("[x](https://user:word@evil.example)")]
    [InlineData("[x](https://)")]
    [InlineData("[x](data:text/html,x)")]
    [InlineData("[x](HTTPS://kek.jp)")]
    public void Every_other_address_stays_words_and_is_named(string text)
    {
        Assert.All(LinkedText.Paragraphs(text).SelectMany(p => p), p => Assert.Null(p.Link));
        Assert.NotNull(LinkedText.FirstRefusedLink(text));
    }

    [Fact]
    public void Whatever_is_typed_no_word_is_lost_and_no_link_leaves_by_another_scheme()
    {
        string[] parts = ["[", "]", "(", ")", "https://", "a.b/c", "//", "\\", " ", "\n", "x", "javascript:", "<b>", "&", "@", "é"];
        Gen.Int[0, parts.Length - 1]
            .Array[0, 30]
            .Sample(typed =>
            {
                var text = string.Concat(typed.Select(i => parts[i]));
                foreach (var paragraph in LinkedText.Paragraphs(text))
                {
                    // Without links nothing is left out at all.
                    if (paragraph.All(p => p.Link is null))
                        Assert.Contains(string.Concat(paragraph.Select(p => p.Words)), LinkedText.Tidy(text), StringComparison.Ordinal);
                    foreach (var piece in paragraph)
                    {
                        Assert.NotEmpty(piece.Words);
                        Assert.Contains(piece.Words, LinkedText.Tidy(text), StringComparison.Ordinal);
                        if (piece.Link is { } link)
                            Assert.Matches("^(https://[^/@]|/(?![/\\\\]))", link);
                    }
                }
            });
    }
}
