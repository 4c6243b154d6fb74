using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Muster.Core.Institutes;
using Muster.Core.Search;
using Muster.Server.Storage;

namespace Muster.Server.Register.Institutes;

/// <summary>The organisations that institutes are chosen from; only ever refreshed from the registry's files.</summary>
internal static class RorTable
{
    private const int MostFound = 20;
    private const string End = "\U0010FFFF";

    /// <summary>What a file changed.</summary>
    public sealed record Outcome(int Added, int Changed, int Same);

    public static async Task<RorRecord?> RorRecordAsync(this MusterDb db, string id, CancellationToken ct) =>
        (
            await db.ListAsync("select content from ror_records where id = @id", ["@id"], r => Parse(r.GetString(0)), ct, id)
        ).FirstOrDefault();

    /// <summary>Those of the ids that the registry knows.</summary>
    public static async Task<Dictionary<string, RorRecord>> RorRecordsAsync(
        this MusterDb db,
        IReadOnlyCollection<string> ids,
        CancellationToken ct
    )
    {
        var found = new Dictionary<string, RorRecord>(StringComparer.Ordinal);
        if (ids.Count == 0)
            return found;
        return await db.OnConnectionAsync(
            async () =>
            {
                await using var command = db.Command("select content from ror_records where id = @id", "@id");
                foreach (var id in ids)
                foreach (var record in await command.ListAsync(r => Parse(r.GetString(0)), ct, id))
                    found[id] = record;
                return found;
            },
            ct
        );
    }

    /// <summary>Organisations that have words which begin with all words of the question, in any spelling; active ones first.</summary>
    public static async Task<List<RorRecord>> SearchRorAsync(this MusterDb db, string question, CancellationToken ct)
    {
        var words = SearchText.Question(question);
        if (words.Count == 0)
            return [];
        var ordered = words.OrderByDescending(w => w.Length).ToList();
        var names = new List<string>();
        string Range(string column, int i)
        {
            names.AddRange([$"@f{i}", $"@t{i}"]);
            return $"{column} >= @f{i} and {column} < @t{i}";
        }
        var others = Enumerable
            .Range(1, ordered.Count - 1)
            .Select(i => (Index: i, Alias: $"o{i}"))
            .Select(o =>
                $" and exists (select 1 from ror_words {o.Alias} where {o.Alias}.record_id = w.record_id and {Range($"{o.Alias}.word", o.Index)})"
            );
        var lead = Range("w.word", 0);
        return await db.ListAsync(
            "select r.content from ror_records r where r.id in (select w.record_id from ror_words w where "
                + $"{lead}{string.Concat(others)} limit 500) order by r.is_active desc, r.name limit {MostFound}",
            [.. names],
            r => Parse(r.GetString(0)),
            ct,
            [.. names.Select(n => (object)(n[1] == 'f' ? ordered[Index(n)] : ordered[Index(n)] + End))]
        );
    }

    /// <summary>Takes what is new or different, and nothing else; so a file that is read twice changes nothing.</summary>
    public static Task<Outcome> TakeAsync(MusterDb db, IReadOnlyCollection<RorRecord> records, CancellationToken ct) =>
        db.OnConnectionAsync(() => TakeEachAsync(db, records, ct), ct);

    private static async Task<Outcome> TakeEachAsync(MusterDb db, IReadOnlyCollection<RorRecord> records, CancellationToken ct)
    {
        await using var all = db.Command("select id, content from ror_records");
        var known = (await all.ListAsync(r => (Id: r.GetString(0), Content: r.GetString(1)), ct)).ToDictionary(
            r => r.Id,
            r => r.Content,
            StringComparer.Ordinal
        );
        var (added, changed, same) = (0, 0, 0);
        using var sink = new Sink(db);
        foreach (var record in records)
        {
            var content = JsonSerializer.Serialize(record, Json);
            var isKnown = known.TryGetValue(record.Id, out var old);
            if (old == content)
            {
                same++;
                continue;
            }
            await sink.WriteAsync(record, content, isKnown, ct);
            if (isKnown)
                changed++;
            else
                added++;
            known[record.Id] = content;
        }
        return new Outcome(added, changed, same);
    }

    private static int Index(string name) => int.Parse(name.AsSpan(2), System.Globalization.CultureInfo.InvariantCulture);

    private static RorRecord Parse(string content) => JsonSerializer.Deserialize<RorRecord>(content, Json)!; // written by us

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed class Sink(MusterDb db) : IDisposable
    {
        private static readonly string[] columns = ["id", "name", "acronym", "country", "place", "is_active", "successors", "content"];

        private readonly DbCommand put = db.Command(
            $"insert into ror_records ({string.Join(", ", columns)}) values ({string.Join(", ", columns.Select(c => "@" + c))}) "
                + $"on conflict (id) do update set {string.Join(", ", columns.Skip(1).Select(c => $"{c} = excluded.{c}"))}",
            [.. columns.Select(c => "@" + c)]
        );
        private readonly DbCommand forget = db.Command("delete from ror_words where record_id = @id", "@id");
        private readonly DbCommand word = db.Command(
            "insert into ror_words (word, record_id) values (@word, @id) on conflict do nothing",
            "@word",
            "@id"
        );

        public async Task WriteAsync(RorRecord record, string content, bool isKnown, CancellationToken ct)
        {
            await put.RunAsync(
                ct,
                record.Id,
                record.Name,
                record.Acronym,
                record.Country,
                record.Place,
                record.IsActive,
                string.Join(' ', record.Successors),
                content
            );
            if (isKnown)
                await forget.RunAsync(ct, record.Id);
            var words = record.Names.SelectMany(SearchText.Words).Append(record.Id).Concat(SearchText.Words(record.Place));
            foreach (var one in words.Distinct(StringComparer.Ordinal))
                await word.RunAsync(ct, one, record.Id);
        }

        public void Dispose()
        {
            put.Dispose();
            forget.Dispose();
            word.Dispose();
        }
    }
}
