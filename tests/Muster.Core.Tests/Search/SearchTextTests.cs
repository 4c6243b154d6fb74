using Muster.Core.Search;
using Xunit;

namespace Muster.Core.Tests.Search;

public sealed class SearchTextTests
{
    [Theory]
    [InlineData("Jürgen Müller", "jurgen muller")]
    [InlineData("Juergen MUELLER", "jurgen muller")]
    [InlineData("Søren Ærø", "soren aro")]
    [InlineData("Conor O’Brien", "conor obrien")]
    [InlineData("Jean-Luc Lefèvre", "jean luc lefevre")]
    [InlineData("Łukasz Wałęsa", "lukasz walesa")]
    [InlineData("高橋 健太", "高橋 健太")]
    [InlineData("ﬁnn", "finn")]
    [InlineData("สำนัก งาน", "สํานัก งาน")]
    [InlineData("Anna Anna", "anna")]
    [InlineData("  ", "")]
    public void Words_are_folded(string text, string words) => Assert.Equal(words, string.Join(' ', SearchText.Words(text)));

    [Fact]
    public void Half_a_letter_is_no_word() => Assert.Empty(SearchText.Words("\ud800"));

    [Theory]
    [InlineData("Jane.Doe@KEK.jp muell", "jane.doe@kek.jp mull")]
    [InlineData("0000-0002-1825-009X", "0000-0002-1825-009x")]
    [InlineData("Garcia-Lopez", "garcia lopez")]
    public void Identifiers_stay_whole_in_a_question(string typed, string words) =>
        Assert.Equal(words, string.Join(' ', SearchText.Question(typed)));

    [Fact]
    public void A_question_of_any_length_is_bounded()
    {
        var words = SearchText.Question(string.Join(' ', Enumerable.Range(0, 100_000).Select(i => $"w{i}")));

        Assert.Equal(SearchText.MaxQuestionWords, words.Count);
        Assert.All(SearchText.Words(new string('x', 5_000)), w => Assert.Equal(SearchText.MaxWordLength, w.Length));
    }

    [Fact]
    public void Two_words_one_slip_apart_share_a_form_and_no_others_do()
    {
        const string word = "schmidt";
        var near = new List<string> { "schmdt", "schmiddt", "schmitt", "shcmidt" };
        var far = new List<string> { "schmeitt", "smidtch" };

        Assert.All(near, n => Assert.True(Misspelling.IsOneSlip(word, n), n));
        Assert.All(near, n => Assert.True(Shares(word, n), n));
        Assert.All(far, n => Assert.False(Misspelling.IsOneSlip(word, n), n));
    }

    [Fact]
    public void Every_single_slip_of_random_words_is_found()
    {
        var random = new Random(7);
        for (var round = 0; round < 5_000; round++)
        {
            var word = new string([.. Enumerable.Range(0, random.Next(5, 20)).Select(_ => (char)('a' + random.Next(6)))]);
            var at = random.Next(word.Length - 1);
            var letter = (char)('a' + random.Next(6));
            var slip = random.Next(4) switch
            {
                0 => word.Remove(at, 1),
                1 => word.Insert(at, letter.ToString()),
                2 => word.Remove(at, 1).Insert(at, letter.ToString()),
                _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
            };

            Assert.True(Misspelling.IsOneSlip(word, slip), $"{word} {slip}");
            Assert.True(Shares(word, slip), $"{word} {slip}");
        }
    }

    private static bool Shares(string a, string b) =>
        ((string[])[a, .. Misspelling.Forms(a)]).Intersect([b, .. Misspelling.Forms(b)], StringComparer.Ordinal).Any();
}
