namespace Muster.Core.Registrations;

/// <summary>The short name of a registration for people, such as <c>R-7F3K-9Q2M</c>: some 39 random bits, no look-alike letters.</summary>
public static class Reference
{
    /// <summary>Octets of randomness that <see cref="From"/> takes.</summary>
    public const int RandomBytes = 8;

    private const string Symbols = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <param name="random">Exactly <see cref="RandomBytes"/> octets from a cryptographic source.</param>
    public static string From(ReadOnlySpan<byte> random)
    {
        if (random.Length != RandomBytes)
            throw new ArgumentException($"Takes {RandomBytes} octets.", nameof(random));
        Span<char> text = stackalloc char[11];
        "R-xxxx-xxxx".CopyTo(text);
        for (var i = 0; i < RandomBytes; i++)
            text[i < 4 ? i + 2 : i + 3] = Symbols[random[i] % Symbols.Length];
        return text.ToString();
    }

    /// <summary>Reads what a person typed: blanks, lower case and missing dashes are forgiven. Null where it cannot be a reference.</summary>
    public static string? Normalise(string? typed)
    {
        var symbols = (typed ?? "").Trim().ToUpperInvariant().Where(c => c is not ('-' or ' ')).ToArray();
        if (symbols.Length != 9 || symbols[0] != 'R' || symbols.Skip(1).Any(c => !Symbols.Contains(c, StringComparison.Ordinal)))
            return null;
        return $"R-{new string(symbols, 1, 4)}-{new string(symbols, 5, 4)}";
    }
}
