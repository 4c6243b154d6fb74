using System.Buffers.Text;
using System.Text;

namespace Muster.Server.Web;

/// <summary>The place where a page of a list ends, for the link to the next one: texts in one piece that needs no escaping.</summary>
internal static class Cursors
{
    private const char Separator = '\n';

    public static string Write(params ReadOnlySpan<string> parts) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Join(Separator, parts)));

    /// <summary>As many parts as were written; null for what we did not write.</summary>
    public static string[]? Read(string? cursor, int parts)
    {
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 1_000 || !Base64Url.IsValid(cursor))
            return null;
        var read = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split(Separator);
        return read.Length == parts ? read : null;
    }
}
