using System.Collections.Frozen;
using System.IO.Compression;

namespace Muster.Core.Accounts;

/// <summary>Passwords that everybody tries first: 19,727 of them, shipped, read once at first use.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> All = new(Read);

    public static bool Contains(string lowerCase) => All.Value.Contains(lowerCase);

    private static FrozenSet<string> Read()
    {
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt.gz")!; // shipped
        using var unpacked = new GZipStream(packed, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        var words = new List<string>(20_000);
        while (reader.ReadLine() is { } line)
            if (line.Trim() is { Length: > 0 } word)
                words.Add(word.ToLowerInvariant());
        return words.ToFrozenSet(StringComparer.Ordinal);
    }
}
