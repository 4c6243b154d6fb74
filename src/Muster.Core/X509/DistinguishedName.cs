using System.Formats.Asn1;
using System.Text;

namespace Muster.Core.X509;

/// <summary>
/// The name of a certificate's subject or issuer. Kept as DER, printed in the two forms people meet, compared by <see cref="Key"/>
/// (RFC 5280 §7.1): two names are equal when their keys are.
/// </summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    /// <summary>Longest name read, in octets of DER or characters of a slash form; the longest real ones stay below 400.</summary>
    public const int MaximumLength = 4096;

    private readonly IReadOnlyList<IReadOnlyList<NameAttribute>> rdns;

    private DistinguishedName(byte[] der, IReadOnlyList<IReadOnlyList<NameAttribute>> rdns)
    {
        Der = der;
        this.rdns = rdns;
        RdnKeys = [.. rdns.Select(RdnKey)];
        Key = string.Join(',', RdnKeys);
        Slash = SlashForm.Print(rdns);
    }

    /// <summary>The name as encoded; empty when it was read from a slash form.</summary>
    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>
    /// Canonical text for comparing and for a database index: certificate order, lower case, one spelling per attribute type,
    /// insensitive to string type and spacing. Stable over versions of this program. Empty for the empty name.
    /// </summary>
    public string Key { get; }

    /// <summary>OpenSSL's one-line form, <c>/DC=org/DC=demo/CN=Jane Doe</c>; octets outside printable ASCII as <c>\xC3</c>.</summary>
    public string Slash { get; }

    /// <summary>RFC 4514 form, last attribute first: <c>CN=Jane Doe,DC=demo,DC=org</c>.</summary>
    public string Rfc4514 => string.Join(',', rdns.Reverse().Select(rdn => string.Join('+', rdn.Select(Print))));

    /// <summary>All common names, in certificate order.</summary>
    public IReadOnlyList<string> CommonNames => ValuesOf(NameAttributeType.CommonName);

    /// <summary>The country (ISO 3166-1 alpha-2 as written), or null.</summary>
    public string? Country => ValuesOf(NameAttributeType.CountryName) is [var first, ..] ? first : null;

    /// <summary>The first domain component in certificate order, as written (RFC 2247 §2: in most names the top-level domain), or null.</summary>
    public string? FirstDomain => ValuesOf(NameAttributeType.DomainComponent) is [var first, ..] ? first : null;

    /// <summary>All e-mail attributes, in certificate order.</summary>
    public IReadOnlyList<string> Emails => ValuesOf(NameAttributeType.EmailAddress);

    public bool IsEmpty => rdns.Count == 0;

    internal IReadOnlyList<string> RdnKeys { get; }

    /// <summary>True when the last relative name is one attribute and it is a common name.</summary>
    internal bool EndsInSingleCommonName => rdns.Count > 0 && rdns[^1] is [{ Oid: NameAttributeType.CommonName }];

    /// <summary>Reads a DER Name. Refuses with <c>name.unreadable</c>; never throws.</summary>
    public static Result<DistinguishedName> Parse(ReadOnlySpan<byte> der)
    {
        if (!DerBounds.Holds(der, MaximumLength))
        {
            return new Refusal("name.unreadable");
        }

        try
        {
            var bytes = der.ToArray();
            var sequence = new AsnReader(bytes, AsnEncodingRules.BER).ReadSequence();
            var read = new List<IReadOnlyList<NameAttribute>>();
            while (sequence.HasData)
            {
                // RFC 5280 §4.1.2.4: SET OF; unsorted sets occur in the field and are harmless, the key sorts.
                read.Add(ReadRdn(sequence.ReadSetOf(skipSortOrderValidation: true)));
            }

            return new DistinguishedName(bytes, read);
        }
        catch (AsnContentException)
        {
            return new Refusal("name.unreadable");
        }
    }

    /// <summary>
    /// Reads a stored slash form, as well as its ambiguity allows: a slash inside a value is kept where no known attribute type and
    /// <c>=</c> follow (<c>/CN=host/ce.example.org</c>), <c>\/</c> and <c>\xC3</c> are understood, types in any spelling and case.
    /// Refuses with <c>name.unreadable</c>; never throws.
    /// </summary>
    public static Result<DistinguishedName> ParseSlash(string text)
    {
        var trimmed = text.Trim();
        return trimmed.Length <= MaximumLength && SlashForm.Read(trimmed) is { } read
            ? new DistinguishedName([], read)
            : new Refusal("name.unreadable");
    }

    /// <summary>
    /// Reads what people copy: the slash form, RFC 4514, or the line of <c>openssl x509 -subject</c>. Refuses with <c>name.unreadable</c>; never
    /// throws.
    /// </summary>
    public static Result<DistinguishedName> ParseText(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.StartsWith("subject", StringComparison.OrdinalIgnoreCase) && trimmed.IndexOfAny(['=', ':']) is > 0 and var end)
        {
            trimmed = trimmed[(end + 1)..].Trim();
        }

        return trimmed.StartsWith('/') ? ParseSlash(trimmed)
            : trimmed.Length <= MaximumLength && CommaForm.Read(trimmed) is { } read ? new DistinguishedName([], read)
            : new Refusal("name.unreadable");
    }

    /// <summary>True when this name is <paramref name="owner"/> and exactly one further relative name of one common name (RFC 3820 §3.4).</summary>
    public bool ExtendsByOneCommonName(DistinguishedName owner) =>
        RdnKeys.Count == owner.RdnKeys.Count + 1
        && EndsInSingleCommonName
        && RdnKeys.Take(owner.RdnKeys.Count).SequenceEqual(owner.RdnKeys, StringComparer.Ordinal);

    public bool Equals(DistinguishedName? other) => other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Key);

    /// <summary>The slash form.</summary>
    public override string ToString() => Slash;

    private static List<NameAttribute> ReadRdn(AsnReader set)
    {
        var rdn = new List<NameAttribute>();
        while (set.HasData)
        {
            var attribute = set.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            rdn.Add(NameAttribute.FromDer(oid, attribute.ReadEncodedValue()));
            attribute.ThrowIfNotEmpty();
        }

        return rdn.Count > 0 ? rdn : throw new AsnContentException();
    }

    private static string RdnKey(IReadOnlyList<NameAttribute> rdn) =>
        string.Join(
            '+',
            rdn.Select(a => NameAttributeType.Print(a.Oid).ToLowerInvariant() + "=" + a.Canonical()).Order(StringComparer.Ordinal)
        );

    private static string Print(NameAttribute attribute)
    {
        var name = NameAttributeType.Print(attribute.Oid) + "=";
        if (!attribute.IsText)
        {
            return name + attribute.Text;
        }

        // RFC 4514 §2.4.
        var text = new StringBuilder();
        for (var i = 0; i < attribute.Text.Length; i++)
        {
            var c = attribute.Text[i];
            var isOuterSpace = c == ' ' && (i == 0 || i == attribute.Text.Length - 1);
            var special = c is '"' or '+' or ',' or ';' or '<' or '>' or '\\' || isOuterSpace || (c == '#' && i == 0);
            _ =
                c == '\0' ? text.Append("\\00")
                : special ? text.Append('\\').Append(c)
                : text.Append(c);
        }

        return name + text;
    }

    private IReadOnlyList<string> ValuesOf(string oid) =>
        [.. rdns.SelectMany(rdn => rdn).Where(a => a.IsText && string.Equals(a.Oid, oid, StringComparison.Ordinal)).Select(a => a.Text)];
}
