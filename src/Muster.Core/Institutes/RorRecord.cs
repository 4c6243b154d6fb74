using System.Text.Json;

namespace Muster.Core.Institutes;

/// <summary>What the registry of research organisations says about one of them, as far as it is used here.</summary>
/// <param name="Id">Bare form of <see cref="RorId"/>.</param>
/// <param name="Name">The name to be shown (<c>ror_display</c>).</param>
/// <param name="Names">All names, aliases and labels, the shown one among them.</param>
/// <param name="Country">ISO 3166-1 alpha-2, or null.</param>
/// <param name="Successors">Bare ids of what it went on as.</param>
public sealed record RorRecord(
    string Id,
    string Name,
    string? Acronym,
    IReadOnlyList<string> Names,
    string? Country,
    string? Place,
    bool IsActive,
    IReadOnlyList<string> Successors
)
{
    /// <summary>
    /// Reads a record of schema version 2 (ROR documentation, "ROR schema v2"), in full or in the compact form
    /// <c>{"id", "status", "names": [[value, [kinds], lang]], "loc": [[country, place, …]], "rel": [[type, id, label]]}</c>.
    /// </summary>
    /// <returns><c>ror.record-malformed</c>, <c>ror.malformed</c> or <c>ror.wrong-checksum</c>.</returns>
    public static Result<RorRecord> Read(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return new Refusal("ror.record-malformed");
        if (!RorId.Parse(Text(record, "id")).TryGet(out var id, out var why))
            return why;
        var names = Items(record, "names").Select(NameOf).Where(n => n.Value.Length > 0).ToList();
        if (names.Count == 0)
            return new Refusal("ror.record-malformed");
        var shown = names.FirstOrDefault(n => n.Kinds.Contains("ror_display"), names[0]).Value;
        var acronym = names.FirstOrDefault(n => n.Kinds.Contains("acronym")).Value;
        var place = Places(record).FirstOrDefault();
        return new RorRecord(
            id.Value,
            shown,
            acronym,
            [.. names.Select(n => n.Value).Distinct(StringComparer.Ordinal)],
            Countries.Contains(place.Country) ? place.Country : null,
            place.Name,
            Text(record, "status") == "active",
            [.. Relations(record).Order(StringComparer.Ordinal)]
        );
    }

    private static (string Value, IReadOnlyList<string> Kinds) NameOf(JsonElement name) =>
        name.ValueKind switch
        {
            JsonValueKind.Object => (Text(name, "value") ?? "", [.. Items(name, "types").Select(String).OfType<string>()]),
            JsonValueKind.Array when name.GetArrayLength() >= 2 && name[1].ValueKind == JsonValueKind.Array => (
                String(name[0]) ?? "",
                [.. name[1].EnumerateArray().Select(String).OfType<string>()]
            ),
            _ => ("", []),
        };

    private static IEnumerable<(string? Country, string? Name)> Places(JsonElement record)
    {
        foreach (var place in Items(record, "locations"))
            if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty("geonames_details", out var details))
                yield return (Text(details, "country_code"), Text(details, "name"));
        foreach (var place in Items(record, "loc"))
            if (place.ValueKind == JsonValueKind.Array && place.GetArrayLength() >= 2)
                yield return (String(place[0]), String(place[1]));
    }

    private static IEnumerable<string> Relations(JsonElement record)
    {
        var full = Items(record, "relationships").Select(r => (Type: Text(r, "type"), Id: Text(r, "id")));
        var compact = Items(record, "rel")
            .Where(r => r.ValueKind == JsonValueKind.Array && r.GetArrayLength() >= 2)
            .Select(r => (Type: String(r[0]), Id: String(r[1])));
        foreach (var (type, id) in full.Concat(compact))
            if (string.Equals(type, "successor", StringComparison.OrdinalIgnoreCase) && RorId.Parse(id).TryGet(out var successor, out _))
                yield return successor.Value;
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement record, string property) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : default; // has no items

    private static string? Text(JsonElement record, string property) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(property, out var value) ? String(value) : null;

    private static string? String(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
