using System.Collections.Frozen;

namespace Muster.Core.X509;

/// <summary>Attribute types of names and their many spellings (OpenSSL short names, RFC 4514 §3, what VO databases hold).</summary>
internal static class NameAttributeType
{
    public const string CommonName = "2.5.4.3";
    public const string CountryName = "2.5.4.6";
    public const string DomainComponent = "0.9.2342.19200300.100.1.25";
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    private static readonly (string Oid, string Name, string[] Aliases)[] Known =
    [
        (CommonName, "CN", ["commonName"]),
        ("2.5.4.4", "SN", ["surname"]),
        ("2.5.4.5", "serialNumber", []),
        (CountryName, "C", ["countryName"]),
        ("2.5.4.7", "L", ["localityName"]),
        ("2.5.4.8", "ST", ["S", "stateOrProvinceName"]),
        ("2.5.4.9", "street", ["streetAddress"]),
        ("2.5.4.10", "O", ["organizationName"]),
        ("2.5.4.11", "OU", ["organizationalUnitName"]),
        ("2.5.4.12", "title", ["T"]),
        ("2.5.4.13", "description", []),
        ("2.5.4.15", "businessCategory", []),
        ("2.5.4.17", "postalCode", []),
        ("2.5.4.20", "telephoneNumber", []),
        ("2.5.4.41", "name", []),
        ("2.5.4.42", "GN", ["G", "givenName"]),
        ("2.5.4.43", "initials", []),
        ("2.5.4.44", "generationQualifier", []),
        ("2.5.4.45", "x500UniqueIdentifier", []),
        ("2.5.4.46", "dnQualifier", []),
        ("2.5.4.65", "pseudonym", []),
        ("2.5.4.97", "organizationIdentifier", []),
        ("0.9.2342.19200300.100.1.1", "UID", ["USERID"]),
        ("0.9.2342.19200300.100.1.3", "mail", ["rfc822Mailbox"]),
        (DomainComponent, "DC", ["domainComponent"]),
        (EmailAddress, "emailAddress", ["E", "Email"]),
        ("1.2.840.113549.1.9.2", "unstructuredName", []),
        ("1.2.840.113549.1.9.8", "unstructuredAddress", []),
        ("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", []),
        ("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", []),
        ("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", []),
    ];

    private static readonly FrozenDictionary<string, string> Names = Known.ToFrozenDictionary(
        k => k.Oid,
        k => k.Name,
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<string, string> Oids = Known
        .SelectMany(k => k.Aliases.Append(k.Name).Select(name => (name, k.Oid)))
        .ToFrozenDictionary(p => p.name, p => p.Oid, StringComparer.OrdinalIgnoreCase);

    /// <summary>Short name for people, or the dotted number where there is none.</summary>
    public static string Print(string oid) => Names.GetValueOrDefault(oid, oid);

    /// <summary>The dotted number for a short name, an alias or a dotted number (with or without <c>OID.</c>); null when unknown.</summary>
    public static string? Find(string spelling)
    {
        if (Oids.TryGetValue(spelling, out var oid))
        {
            return oid;
        }

        var dotted = spelling.StartsWith("OID.", StringComparison.OrdinalIgnoreCase) ? spelling[4..] : spelling;
        var isDotted =
            dotted.Length is > 2 and <= 64
            && dotted.Contains('.', StringComparison.Ordinal)
            && char.IsAsciiDigit(dotted[0])
            && dotted.All(c => char.IsAsciiDigit(c) || c == '.')
            && !dotted.EndsWith('.')
            && !dotted.Contains("..", StringComparison.Ordinal);
        return isDotted ? dotted : null;
    }
}
