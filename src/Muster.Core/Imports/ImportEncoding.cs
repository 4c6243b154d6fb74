using System.Text;

namespace Muster.Core.Imports;

/// <summary>Whether the bytes of a file are UTF-8. Nothing else is guessed: a wrong guess would put wrong names into the register.</summary>
public static class ImportEncoding
{
    private static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>What follows a mark of UTF-8, where there is one.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> content) =>
        content.Span.StartsWith(Mark) ? content[Mark.Length..] : content;

    /// <summary>
    /// Null where all is well; <c>import.utf-16</c>; <c>import.latin-1</c> where no letter beyond ASCII is UTF-8, as in the files of old
    /// spreadsheets; <c>import.broken-utf-8</c> where some are; <c>import.no-text</c> where there are zero bytes.
    /// </summary>
    public static ImportProblem? Check(ReadOnlySpan<byte> content)
    {
        if (content is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new ImportProblem(1, 1, new Refusal("import.utf-16"));
        if (content.IndexOf((byte)0) is >= 0 and var zero)
        {
            // UTF-16 without a mark: every other byte of what people write is zero.
            var start = content[..Math.Min(content.Length, 1_000)];
            return At(content, zero, new Refusal(start.Count((byte)0) * 3 > start.Length ? "import.utf-16" : "import.no-text"));
        }
        if (FirstBroken(content) is not { } broken)
            return null;
        var hasOther = content[..broken].ContainsAnyExceptInRange((byte)0, (byte)0x7F) || HasUtf8(content[broken..]);
        return At(content, broken, new Refusal(hasOther ? "import.broken-utf-8" : "import.latin-1"));
    }

    private static int? FirstBroken(ReadOnlySpan<byte> content)
    {
        if (System.Text.Unicode.Utf8.IsValid(content))
            return null;
        var at = 0;
        while (at < content.Length)
        {
            var ascii = content[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            at += Math.Max(ascii, 0);
            if (Rune.DecodeFromUtf8(content[at..], out _, out var used) != System.Buffers.OperationStatus.Done)
                return at;
            at += used;
        }
        return null;
    }

    private static bool HasUtf8(ReadOnlySpan<byte> content)
    {
        for (var at = 0; at < content.Length; )
        {
            var next = content[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (next < 0)
                return false;
            at += next;
            if (Rune.DecodeFromUtf8(content[at..], out _, out var used) == System.Buffers.OperationStatus.Done)
                return true;
            at += Math.Max(1, used);
        }
        return false;
    }

    private static ImportProblem At(ReadOnlySpan<byte> content, int place, Refusal why)
    {
        var before = content[..place];
        var lineStart = before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        return new ImportProblem(Lines.In(before) + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1, why);
    }
}

/// <summary>Ends of lines as editors count them: LF, CR LF, or CR alone.</summary>
internal static class Lines
{
    public static int In(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Count((byte)'\n');
        for (var at = 0; at < bytes.Length; at++)
        {
            var next = bytes[at..].IndexOf((byte)'\r');
            if (next < 0)
                break;
            at += next;
            if (at + 1 == bytes.Length || bytes[at + 1] != (byte)'\n')
                count++;
        }
        return count;
    }
}
