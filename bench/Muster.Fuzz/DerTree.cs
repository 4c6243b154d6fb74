namespace Muster.Fuzz;

/// <summary>DER as a tree that can be bent and written again with lengths that fit, so that mutations reach behind the first check.</summary>
internal sealed class DerTree(byte tag, byte[] value, List<DerTree>? children)
{
    private const int Deepest = 40;

    public byte Tag { get; set; } = tag;

    public byte[] Value { get; set; } = value;

    public List<DerTree>? Children { get; } = children;

    /// <summary>All values that begin one after the other; null where the bytes are no such thing.</summary>
    public static List<DerTree>? Read(ReadOnlySpan<byte> bytes, int depth = 0)
    {
        var found = new List<DerTree>();
        while (!bytes.IsEmpty)
        {
            if (depth > Deepest || Header(bytes) is not var (header, length) || header + length > bytes.Length)
                return null;
            var inner = bytes.Slice(header, length);
            // An octet or bit string may hold a tree of its own, as extensions and keys do.
            var nested = (bytes[0] & 0x20) != 0 || bytes[0] == 0x04 ? Read(inner, depth + 1) : null;
            found.Add(new DerTree(bytes[0], inner.ToArray(), nested is { Count: > 0 } ? nested : null));
            bytes = bytes[(header + length)..];
        }
        return found;
    }

    /// <summary>Length of the value that begins here, its header included.</summary>
    public static int? LengthAt(byte[] bytes, int at) => Header(bytes.AsSpan(at)) is var (header, length) ? header + length : null;

    public static IEnumerable<DerTree> Walk(IEnumerable<DerTree> roots) => roots.SelectMany(r => Walk(r.Children ?? []).Prepend(r));

    public static byte[] Write(IEnumerable<DerTree> roots)
    {
        var bytes = new List<byte>();
        foreach (var root in roots)
        {
            var content = root.Children is null ? root.Value : Write(root.Children);
            bytes.Add(root.Tag);
            if (content.Length < 0x80)
                bytes.Add((byte)content.Length);
            else
                bytes.AddRange([0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length]);
            bytes.AddRange(content);
        }
        return [.. bytes];
    }

    private static (int Header, int Length)? Header(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 || (bytes[0] & 0x1F) == 0x1F)
            return null;
        if (bytes[1] < 0x80)
            return (2, bytes[1]);
        var octets = bytes[1] & 0x7F;
        if (octets is 0 or > 3 || bytes.Length < 2 + octets)
            return null;
        var length = 0;
        for (var i = 0; i < octets; i++)
            length = (length << 8) | bytes[2 + i];
        return (2 + octets, length);
    }
}
