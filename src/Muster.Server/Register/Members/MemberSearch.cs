using Microsoft.EntityFrameworkCore;
using Muster.Core.Members;
using Muster.Core.Search;
using Muster.Core.X509;
using Muster.Server.Storage;

namespace Muster.Server.Register.Members;

/// <param name="Members">In the order of the words that were found.</param>
/// <param name="Next">Null on the last page.</param>
/// <param name="Instead">What was looked for in place of words that nobody bears; empty when nothing was.</param>
internal sealed record SearchAnswer(IReadOnlyList<MemberId> Members, PeoplePlace? Next, IReadOnlyList<string> Instead);

/// <summary>
/// The one question about people: by the beginnings of words in any spelling and order; else by words one slip away; else by letters
/// inside words. Each is a walk along an index, so a page costs the same wherever it is and however many people there are.
/// </summary>
internal static class MemberSearch
{
    /// <summary>Words that stand in for one that nobody bears.</summary>
    private const int MostAlternatives = 40;

    /// <summary>Shortest piece that is looked for inside words: a trigram.</summary>
    private const int ShortestPart = 3;

    private const string End = "\U0010FFFF";

    public static async Task<SearchAnswer> SearchMembersAsync(
        this MusterDb db,
        string question,
        PeoplePlace? after,
        int limit,
        CancellationToken ct
    )
    {
        if (
            question.Contains('=', StringComparison.Ordinal) && DistinguishedName.ParseSlash(question.Trim()).TryGet(out var subject, out _)
        )
            return new SearchAnswer(await db.HolderOfAsync(subject.Key, ct) is { } holder ? [holder] : [], null, []);
        var words = SearchText.Question(question);
        if (words.Count == 0)
            return new SearchAnswer([], null, []);

        return await db.OnConnectionAsync(() => AnswerAsync(db, words, after, limit, ct), ct);
    }

    private static async Task<SearchAnswer> AnswerAsync(
        MusterDb db,
        IReadOnlyList<string> words,
        PeoplePlace? after,
        int limit,
        CancellationToken ct
    )
    {
        var choices = words.Select(w => (IReadOnlyList<string>?)null).ToList();
        var found = await PageAsync(db, words, choices, after, limit, ct);
        if (found.Count == 0 && await StandInsAsync(db, words, choices, ct))
            found = await PageAsync(db, words, choices, after, limit, ct);
        var page = found.Take(limit).ToList();
        return new SearchAnswer(
            [.. page.Select(p => new MemberId(p.Member))],
            found.Count > limit ? page[^1] : null,
            [.. choices.SelectMany(c => c ?? []).Distinct(StringComparer.Ordinal)]
        );
    }

    /// <summary>One more than the limit, so that the caller sees whether there are more.</summary>
    private static async Task<List<PeoplePlace>> PageAsync(
        MusterDb db,
        IReadOnlyList<string> words,
        List<IReadOnlyList<string>?> choices,
        PeoplePlace? after,
        int limit,
        CancellationToken ct
    )
    {
        // The longest word is likely the rarest: its bearers are walked, the other words are asked of each.
        var lead = Enumerable.Range(0, words.Count).MaxBy(i => words[i].Length);
        var values = new StatementValues();
        string Matches(string column, int i) =>
            choices[i] is { } instead ? $"{column} in ({values.AddAll(instead)})" : Begins(values, column, words[i]);

        var clauses = new List<string> { Matches("w.word", lead) };
        if (after is not null)
            clauses.Add($"(w.word, w.member_id) > ({values.Add(after.Text)}, {values.Add(after.Member)})");
        for (var i = 0; i < words.Count; i++)
            if (i != lead)
                clauses.Add($"exists (select 1 from member_words o where o.member_id = w.member_id and {Matches("o.word", i)})");
        // Who bears two such words is told once, at the first.
        clauses.Add(
            $"not exists (select 1 from member_words f where f.member_id = w.member_id and f.word < w.word and {Matches("f.word", lead)})"
        );
        var sql =
            $"select w.word, w.member_id from member_words w where {string.Join(" and ", clauses)} order by w.word, w.member_id limit {limit + 1}";

        return await values.ListAsync(db, sql, r => new PeoplePlace(r.GetString(0), r.GetGuid(1)), ct);
    }

    /// <summary>The condition that the column begins with the word.</summary>
    public static string Begins(StatementValues values, string column, string word) =>
        $"{column} >= {values.Add(word)} and {column} < {values.Add(word + End)}";

    /// <summary>For every word that nobody's word begins with: those one slip away, or else those it is a part of.</summary>
    /// <returns>Whether every such word has some.</returns>
    private static async Task<bool> StandInsAsync(
        MusterDb db,
        IReadOnlyList<string> words,
        List<IReadOnlyList<string>?> choices,
        CancellationToken ct
    )
    {
        await using var begins = db.Command("select 1 from member_words where word >= @from and word < @to limit 1", "@from", "@to");
        var any = false;
        for (var i = 0; i < words.Count; i++)
        {
            if ((await begins.ListAsync(r => 1, ct, words[i], words[i] + End)).Count > 0)
                continue;
            var instead = await SlipsAsync(db, words[i], MostAlternatives, ct);
            if (instead.Count == 0)
                instead = await PartsAsync(db, words[i], MostAlternatives, ct);
            if (instead.Count == 0)
                return false;
            choices[i] = instead;
            any = true;
        }
        return any;
    }

    /// <summary>Words one slip away. None for what is no word of letters: a slip in an identifier leads to somebody else's.</summary>
    public static async Task<List<string>> SlipsAsync(MusterDb db, string word, int most, CancellationToken ct)
    {
        if (!word.All(char.IsLetter))
            return [];
        var forms = (IReadOnlyList<string>)[word, .. Misspelling.Forms(word)];
        var names = forms.Select((_, i) => $"@f{i}").ToList();
        var list = string.Join(", ", names);
        var near = await db.ListAsync(
            $"select word from misspelt_words where form in ({list}) union select word from known_words where word in ({list})",
            [.. names],
            r => r.GetString(0),
            ct,
            [.. forms]
        );
        return [.. near.Where(n => Misspelling.IsOneSlip(n, word)).Order(StringComparer.Ordinal).Take(most)];
    }

    /// <summary>Words that the word is a part of; none for what is shorter than a trigram.</summary>
    /// <remarks>The one place where the engines are asked differently: SQLite has a table of trigrams, PostgreSQL an index of them.</remarks>
    /// <param name="ofNames">Only those that can stand in a name, in the order of the alphabet, so that the bound cuts them the same way each time.</param>
    public static async Task<List<string>> PartsAsync(MusterDb db, string word, int most, CancellationToken ct, bool ofNames = false)
    {
        if (word.Length < ShortestPart)
            return [];
        var (sql, part) = db.Database.IsSqlite()
            ? (
                "select k.word from word_parts p join known_words k on k.number = p.rowid where word_parts match @part",
                $"\"{word.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            )
            : ("select k.word from known_words k where k.word like @part escape '!'", $"%{Escaped(word)}%");
        return await db.ListAsync(
            $"{sql}{(ofNames ? " and k.word not like '%@%' order by k.word" : "")} limit {most}",
            ["@part"],
            r => r.GetString(0),
            ct,
            part
        );
    }

    private static string Escaped(string word) =>
        word.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);
}
