namespace Muster.Core.X509;

/// <summary>
/// Work budget for hostile DER: looks at tags and lengths only, before any parser that recurses sees the bytes.
/// </summary>
internal static class DerBounds
{
    /// <summary>Deepest nesting of constructed values; real certificates stay below 12.</summary>
    public const int MaximumDepth = 32;

    /// <summary>
    /// True when the bytes are exactly one value with definite lengths that fit, at most <paramref name="maximumBytes"/> long
    /// and nested at most <see cref="MaximumDepth"/> deep. Never throws.
    /// </summary>
    public static bool Holds(ReadOnlySpan<byte> der, int maximumBytes)
    {
        if (der.Length < 2 || der.Length > maximumBytes)
        {
            return false;
        }

        Span<int> ends = stackalloc int[MaximumDepth];
        var depth = 0;
        var at = 0;
        while (at < der.Length)
        {
            while (depth > 0 && at == ends[depth - 1])
            {
                depth--;
            }

            if ((at > 0 && depth == 0) || !TryReadHeader(der, ref at, out var constructed, out var length))
            {
                return false;
            }

            var limit = depth == 0 ? der.Length : ends[depth - 1];
            if (length > limit - at || (depth == 0 && at + length != der.Length))
            {
                return false;
            }

            if (!constructed)
            {
                at += length;
            }
            else if (depth == MaximumDepth)
            {
                return false;
            }
            else
            {
                ends[depth++] = at + length;
            }
        }

        return true;
    }

    /// <summary>Moves past tag and length; false for an indefinite length, a length over four octets, or a cut-off header.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> der, ref int at, out bool constructed, out int length)
    {
        constructed = false;
        length = 0;
        if (at >= der.Length)
        {
            return false;
        }

        var tag = der[at++];
        constructed = (tag & 0x20) != 0;
        if ((tag & 0x1F) == 0x1F && !TrySkipLongTag(der, ref at))
        {
            return false;
        }

        if (at >= der.Length)
        {
            return false;
        }

        var first = der[at++];
        if (first < 0x80)
        {
            length = first;
            return true;
        }

        var octets = first & 0x7F;
        if (octets is 0 or > 4 || octets > der.Length - at)
        {
            return false;
        }

        for (var i = 0; i < octets; i++)
        {
            length = unchecked((length << 8) | der[at++]);
        }

        return length >= 0;
    }

    private static bool TrySkipLongTag(ReadOnlySpan<byte> der, ref int at)
    {
        for (var octets = 0; octets < 4 && at < der.Length; octets++)
        {
            if ((der[at++] & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }
}
