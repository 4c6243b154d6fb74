using System.Text.Json;

namespace Muster.Core.Imports;

/// <summary>A JSON file with people: an array of objects that have the names of the columns.</summary>
internal static class ImportJson
{
    private static readonly JsonReaderOptions options = new() { MaxDepth = 4, CommentHandling = JsonCommentHandling.Disallow };

    public static void Read(ReadOnlyMemory<byte> content, ImportRecords into)
    {
        var reader = new Utf8JsonReader(content.Span, options);
        var place = new Place(content);
        var unknown = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            reader.Read();
            while (!into.IsFull && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var (line, column) = place.Of(reader.TokenStartIndex);
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadObject(ref reader, line, column, unknown, into);
                else
                {
                    into.Refuse(line, column, new Refusal("import.json-no-object"));
                    reader.Skip();
                }
            }
            while (!into.IsFull && reader.Read()) { } // nothing may follow
        }
        catch (JsonException broken)
        {
            var (line, column) = ((int)(broken.LineNumber ?? 0) + 1, (int)(broken.BytePositionInLine ?? -1) + 1);
            into.Refuse(line, column, new Refusal("import.json-malformed"));
        }
    }

    private static void ReadObject(ref Utf8JsonReader reader, int line, int column, HashSet<string> unknown, ImportRecords into)
    {
        var cells = new string?[ImportFields.All.Count];
        var columns = new int[cells.Length];
        Array.Fill(columns, column);
        var before = into.Problems.Count;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = Text(ref reader) ?? "";
            reader.Read();
            if (ImportFields.Find(name) is not { } field)
            {
                if (unknown.Count < 100 && unknown.Add(name))
                    into.Notes.Add(new ImportProblem(line, column, Refusal.With("import.column-unknown", ImportCsv.Short(name))));
                reader.Skip();
            }
            else if (cells[(int)field] is not null)
            {
                into.Refuse(line, column, Refusal.With("import.column-twice", field.Name()).At(field.Name()));
                reader.Skip();
            }
            else if (Value(ref reader, field) is { } value)
                cells[(int)field] = value.Trim();
            else
                into.Refuse(line, column, new Refusal("import.json-value", field.Name()));
        }
        into.All.Add(new ImportRecord(line, cells, columns) { IsBroken = into.Problems.Count > before });
    }

    /// <summary>Null where it is no value of a column.</summary>
    private static string? Value(ref Utf8JsonReader reader, ImportField field)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return "";
            case JsonTokenType.True:
                return "true";
            case JsonTokenType.False:
                return "false";
            case JsonTokenType.String:
                return Text(ref reader);
            case JsonTokenType.Number:
                return System.Text.Encoding.UTF8.GetString(reader.ValueSpan);
            case JsonTokenType.StartArray when field is ImportField.Email or ImportField.Certificate:
                return Several(ref reader);
            default:
                reader.Skip();
                return null;
        }
    }

    private static string? Several(ref Utf8JsonReader reader)
    {
        var all = new List<string>();
        var isGood = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && Text(ref reader) is { } one)
                all.Add(one);
            else
                isGood = false;
            reader.Skip();
        }
        return isGood ? string.Join('\n', all) : null;
    }

    /// <summary>Null where it is no text: half of a pair of surrogates, escaped.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > CsvReader.LongestCell)
            return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>From a place in the bytes to line and column; asked in order, so that every byte is looked at once.</summary>
    private sealed class Place(ReadOnlyMemory<byte> content)
    {
        private int seen;
        private int line = 1;
        private int lineStart;

        public (int Line, int Column) Of(long place)
        {
            var span = content.Span[seen..(int)place];
            line += span.Count((byte)'\n');
            if (span.LastIndexOf((byte)'\n') is >= 0 and var last)
                lineStart = seen + last + 1;
            seen = (int)place;
            return (line, seen - lineStart + 1);
        }
    }
}
