using System.IO.Compression;
using System.Text.Json;
using Muster.Core;
using Muster.Core.Institutes;

namespace Muster.Server.Register.Institutes;

/// <summary>A place in a file and what is wrong there.</summary>
/// <param name="Line">From 1; the number of the record where the whole file is one line.</param>
/// <param name="Column">From 1; 0 where the whole line is meant.</param>
internal sealed record FileProblem(long Line, long Column, Refusal Why);

/// <summary>
/// The registry's files: a JSON array, as its dumps are, or one record on each line; alone, in gzip, or as the newest (version 2) file
/// of a zip archive.
/// </summary>
internal static class RorFile
{
    /// <summary>Problems that are told; a file that is none of these has one on every line.</summary>
    private const int MostProblems = 100;

    public static async Task<(List<RorRecord> Records, List<FileProblem> Problems)> ReadAsync(Stream content, CancellationToken ct)
    {
        var start = new byte[4];
        var read = await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, ct);
        content.Position = 0;
        if (read >= 2 && start is [0x1F, 0x8B, ..])
        {
            await using var unpacked = new GZipStream(content, CompressionMode.Decompress);
            return await ReadPlainAsync(unpacked, ct);
        }
        if (start is [(byte)'P', (byte)'K', 3, 4])
        {
            await using var archive = await ZipArchive.CreateAsync(content, ZipArchiveMode.Read, leaveOpen: true, null, ct);
            var newest = archive
                .Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
                .OrderByDescending(e => e.Name.Contains("schema_v2", StringComparison.OrdinalIgnoreCase))
                .FirstOrDefault();
            if (newest is null)
                return ([], [new FileProblem(1, 0, new Refusal("ror.file-unreadable"))]);
            await using var entry = await newest.OpenAsync(ct);
            return await ReadPlainAsync(entry, ct);
        }
        return await ReadPlainAsync(content, ct);
    }

    private static async Task<(List<RorRecord>, List<FileProblem>)> ReadPlainAsync(Stream content, CancellationToken ct)
    {
        var records = new List<RorRecord>();
        var problems = new List<FileProblem>();
        using var text = new StreamReader(content, new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true));
        long line = 0;
        try
        {
            while (text.Peek() is >= 0 and var next && char.IsWhiteSpace((char)next))
                line += text.Read() == '\n' ? 1 : 0;
            if (text.Peek() == '[')
                ReadArray(await text.ReadToEndAsync(ct), records, problems);
            else
                while (problems.Count < MostProblems && await text.ReadLineAsync(ct) is { } one)
                {
                    line++;
                    if (!string.IsNullOrWhiteSpace(one))
                        ReadLine(one, line, records, problems);
                }
        }
        catch (System.Text.DecoderFallbackException)
        {
            problems.Add(new FileProblem(line + 1, 0, new Refusal("ror.file-encoding")));
        }
        catch (InvalidDataException)
        {
            problems.Add(new FileProblem(line + 1, 0, new Refusal("ror.file-unreadable")));
        }
        if (records.Count == 0 && problems.Count == 0)
            problems.Add(new FileProblem(1, 0, new Refusal("ror.file-unreadable")));
        return (records, problems);
    }

    private static void ReadLine(string text, long line, List<RorRecord> records, List<FileProblem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            Take(document.RootElement, line, records, problems);
        }
        catch (JsonException e)
        {
            problems.Add(new FileProblem(line, (e.BytePositionInLine ?? -1) + 1, new Refusal("ror.record-malformed")));
        }
    }

    private static void ReadArray(string text, List<RorRecord> records, List<FileProblem> problems)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            long number = 0;
            foreach (var record in document.RootElement.EnumerateArray())
                if (problems.Count < MostProblems)
                    Take(record, ++number, records, problems);
        }
        catch (JsonException e)
        {
            problems.Add(new FileProblem((e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? -1) + 1, new Refusal("ror.file-unreadable")));
        }
    }

    private static void Take(JsonElement record, long line, List<RorRecord> records, List<FileProblem> problems)
    {
        if (RorRecord.Read(record).TryGet(out var good, out var why))
            records.Add(good);
        else
            problems.Add(new FileProblem(line, 0, why));
    }
}
